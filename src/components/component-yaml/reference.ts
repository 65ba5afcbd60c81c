import type { DataMap } from "#data/data.ts";
import { sha256 } from "#data/sha256.ts";

/**
 * Identifies a component by its text, as the KFP SDK does (the component_ref annotation): the digest of the text with the line ends of
 * Unix; `url` if the text came from a file or an address.
 */
export function componentReference(text: string, url?: string): DataMap {
  return { digest: sha256(text.replaceAll("\r\n", "\n")), ...(url !== undefined && { url }) };
}
