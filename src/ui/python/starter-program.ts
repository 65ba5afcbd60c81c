import type { Language } from "#messages/translate.ts";

/** The text that a new function begins with. */
export function starterText(language: Language): string {
  const summary = language === "ko" ? "이 단계가 하는 일을 적으세요." : "Say what this step does.";
  return `from kfp.components import InputPath, OutputPath


def my_step(text: str = "hello") -> str:
    """${summary}"""
    return text.upper()
`;
}
