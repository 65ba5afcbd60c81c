import type { Editor } from "./editor.ts";

/** Restores the pipeline that was deleted last, with its drafts and its history; opens it if it was open when it was deleted. */
export async function bringBackPipeline(editor: Editor): Promise<void> {
  const { deleted } = editor.store.getState().session;
  if (!deleted) return;
  editor.session({ deleted: undefined });
  try {
    await editor.stored.restore(deleted.pipeline);
  } catch (error) {
    editor.session({ deleted });
    throw error;
  }
  if (deleted.wasOpen) await editor.openKept(deleted.pipeline.kept.id);
}

/** Offers in a toast to restore the pipeline that was deleted last, as the dialog does while it is open. */
export function offerBringBack(editor: Editor): void {
  editor.session(({ deleted, toast }) =>
    deleted
      ? {
          toast: {
            code: "pipelines-removed",
            values: { name: deleted.pipeline.kept.fileName },
            id: (toast?.id ?? 0) + 1,
            bringBack: true,
          },
        }
      : {},
  );
}
