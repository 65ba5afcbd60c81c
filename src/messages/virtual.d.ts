/** The messages of one part of the product in one language; generated from the sections by vite.messages.config.ts. */
declare module "virtual:messages/*" {
  const messages: Readonly<Record<string, string>>;
  export default messages;
}
