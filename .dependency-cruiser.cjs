/** Who may know whom: each folder may import what stands before it, never what stands behind it. See docs/ARCHITECTURE.md. */
const order = [
  "kubernetes",
  "diagnostics",
  "data",
  "yaml|components",
  "python",
  "pipeline",
  "document",
  "formats",
  "convert",
  "compiler",
  "messages",
  "editor",
  "ui|cli",
];
const upward = order.slice(0, -1).map((folder, index) => ({
  name: `${folder.replace("|", "-and-")}-knows-nothing-above`,
  severity: "error",
  from: { path: `^src/(${folder})/` },
  to: { path: `^src/(${order.slice(index + 1).join("|")}|services)/` },
}));
module.exports = {
  forbidden: [
    ...upward,
    {
      name: "formats-do-not-know-each-other",
      severity: "error",
      from: { path: "^src/formats/([^/]+)/" },
      to: { path: "^src/formats/", pathNot: "^src/formats/$1/" },
    },
    {
      name: "only-the-compiler-knows-formats",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(compiler|formats)/" },
      to: { path: "^src/formats/" },
    },
    {
      name: "only-the-compiler-knows-conversions",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(compiler|convert)/" },
      to: { path: "^src/convert/" },
    },
    { name: "no-circle", severity: "error", from: {}, to: { circular: true } },
    { name: "yaml-and-python-apart", severity: "error", from: { path: "^src/yaml/" }, to: { path: "^src/python/" } },
    { name: "python-and-yaml-apart", severity: "error", from: { path: "^src/python/" }, to: { path: "^src/yaml/" } },
    { name: "ui-and-cli-apart", severity: "error", from: { path: "^src/ui/" }, to: { path: "^src/cli/" } },
    { name: "cli-and-ui-apart", severity: "error", from: { path: "^src/cli/(?!main)" }, to: { path: "^src/(ui|editor)/" } },
    {
      name: "services-are-handed-in",
      severity: "error",
      from: { path: "^src/(?!services/|main\\.tsx|cli/)" },
      to: { path: "^src/services/" },
    },
    { name: "no-unknown", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "\\?worker|\\.css$|\\?raw|^virtual:" } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    includeOnly: "^src",
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.page.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default", "types"] },
  },
};
