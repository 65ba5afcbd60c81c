/** The release of the KFP SDK whose structure we write. */
export const sdkVersion = "1.8.22";
