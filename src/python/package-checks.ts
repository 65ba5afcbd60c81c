import type { Report } from "#diagnostics/diagnostic.ts";
import { diagnostic } from "./python-diagnostic.ts";
import type { PythonFunction } from "./function.ts";
import { importedNames, type PythonModule } from "./module.ts";
import type { PackageText } from "./pipeline-decorators.ts";
import { childrenOf, type PythonNode, textOf, walk } from "./syntax.ts";

/** The pip name of packages that Python imports under another name. */
const packageOfImport: Readonly<Record<string, string>> = {
  bs4: "beautifulsoup4",
  cv2: "opencv-python-headless",
  dateutil: "python-dateutil",
  dotenv: "python-dotenv",
  jwt: "PyJWT",
  PIL: "Pillow",
  serial: "pyserial",
  skimage: "scikit-image",
  sklearn: "scikit-learn",
  yaml: "PyYAML",
  MySQLdb: "mysqlclient",
  psycopg2: "psycopg2-binary",
};

const standard = new Set(
  (
    "__future__ abc argparse array ast asyncio atexit base64 binascii bisect builtins bz2 calendar cmath cmd code codecs collections colorsys " +
    "concurrent configparser contextlib contextvars copy copyreg csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest " +
    "email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc getopt getpass gettext glob " +
    "graphlib grp gzip hashlib heapq hmac html http imaplib imp importlib inspect io ipaddress itertools json keyword linecache locale logging " +
    "lzma mailbox marshal math mimetypes mmap modulefinder multiprocessing netrc numbers operator optparse os pathlib pdb pickle pickletools " +
    "pkgutil platform plistlib poplib posixpath pprint profile pstats pty pwd py_compile pydoc queue quopri random re readline reprlib resource " +
    "runpy sched secrets select selectors shelve shlex shutil signal site smtplib socket socketserver sqlite3 ssl stat statistics string " +
    "stringprep struct subprocess symtable sys sysconfig syslog tarfile telnetlib tempfile termios textwrap threading time timeit tkinter token " +
    "tokenize tomllib trace traceback tracemalloc types typing unicodedata unittest urllib uuid venv warnings wave weakref webbrowser xml xmlrpc " +
    "zipapp zipfile zipimport zlib zoneinfo pip setuptools pkg_resources"
  ).split(" "),
);

/** PEP 508: a name with extras and versions, or a name and an address, or an address alone. */
const requirement =
  /^\s*[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\s*(?:\[[^\]]*\])?\s*(?:@\s*\S+.*|\(?\s*(?:(?:===?|~=|!=|<=?|>=?)\s*[A-Za-z0-9.*+!_-]+\s*,?\s*)*\)?)\s*(?:;.*)?$/s;
const address = /^\s*(?:(?:git|hg|svn|bzr)\+|https?:|file:|\.{0,2}\/)\S*\s*(?:;.*)?$|^\s*\S+\.(?:whl|tar\.gz|zip)\s*$/;

/** Reports entries of packages_to_install that pip would refuse or misread, and imports that nothing installs. */
export function checkPackages(
  module: PythonModule,
  node: PythonNode,
  fn: PythonFunction,
  packages: readonly PackageText[],
  report: Report,
): void {
  for (const { text, span } of packages) {
    const name = /^\s*([A-Za-z0-9._-]*)/.exec(text)?.[1] ?? "";
    const meant = Object.hasOwn(packageOfImport, name) ? packageOfImport[name] : undefined;
    if (meant !== undefined) report(diagnostic("python-package-import-name", "warning", { name, package: meant }, span));
    else if (standard.has(name)) report(diagnostic("python-package-standard", "warning", { name }, span));
    else if (!requirement.test(text) && !address.test(text)) report(diagnostic("python-package-name", "warning", { name: text }, span));
  }
  if (packages.length > 0 || (fn.baseImage !== undefined && !/^(?:docker\.io\/)?(?:library\/)?python(?::|@|$)/.test(fn.baseImage))) return;
  checkImports(module, node, report);
}

/** A plain Python image has the standard library only. */
function checkImports(module: PythonModule, node: PythonNode, report: Report): void {
  const seen = new Set<string>();
  walk(node, (inner) => {
    if (inner.name !== "ImportStatement") return true;
    const from = childrenOf(inner)[0]?.name === "from" ? childrenOf(inner)[1] : undefined;
    const roots = from ? [textOf(module.tree, from)] : importedNames(module.tree, inner).map((one) => one.from.split(".")[0] as string);
    for (const root of roots) {
      if (standard.has(root) || seen.has(root) || !/^[A-Za-z_]\w*$/.test(root) || isInTry(inner)) continue;
      seen.add(root);
      const name = Object.hasOwn(packageOfImport, root) ? (packageOfImport[root] as string) : root;
      report(diagnostic("python-package-missing", "info", { name: root, package: name }, [inner.from, inner.to]));
    }
    return false;
  });
}

function isInTry(node: PythonNode): boolean {
  for (let parent = node.parent; parent; parent = parent.parent) if (parent.name === "TryStatement") return true;
  return false;
}
