/** The sentences of one part of the product in one language; made from the sections by vite.words.config.ts. */
declare module "virtual:words/*" {
  const sentences: Readonly<Record<string, string>>;
  export default sentences;
}
