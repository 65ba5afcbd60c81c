import { type ReactNode, Suspense, useLayoutEffect } from "react";
import { useEditor } from "./use-editor.ts";

/** `Suspense` for parts of the page that are loaded when they are first shown; the page is not idle until they are loaded. */
export function Loading({ fallback, children }: { readonly fallback?: ReactNode; readonly children: ReactNode }) {
  return (
    <Suspense
      fallback={
        <>
          <Pending />
          {fallback}
        </>
      }
    >
      {children}
    </Suspense>
  );
}

function Pending() {
  const { pending } = useEditor();
  useLayoutEffect(() => pending.begin("part"), [pending]);
  return null;
}
