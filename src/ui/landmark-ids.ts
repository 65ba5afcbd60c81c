/** The element id of the list of problems, and the value of `session.wantedField` that focuses the list itself. */
export const problemsPanel = "problems";
