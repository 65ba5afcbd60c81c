/** The element id of the list of problems, and what `session.wantedField` says if the list itself shall take the focus. */
export const problemsPanel = "problems";
