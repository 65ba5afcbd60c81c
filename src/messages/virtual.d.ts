/** The messages of one part of the product in one language; generated from the sections by vite.words.config.ts. */
declare module "virtual:words/*" {
  const sentences: Readonly<Record<string, string>>;
  export default sentences;
}
