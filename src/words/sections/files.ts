import type { Section } from "../say.ts";

/** What the dialogs about files and kept pipelines say. */
export const filesWords: Section = {
  en: {
    "encoding-title": "“{name}” is not UTF-8",
    "encoding-text":
      "Line {line} holds the byte {byte}, which UTF-8 does not have there. Choose the encoding in which the text reads right. The pipeline is then saved as UTF-8.",
    "encoding-label": "Encoding",
    "encoding-preview": "Preview",
    "encoding-no-fit": "The file is not text in this encoding.",
    "encoding-open": "Open and save as UTF-8",
    "encoding-euc-kr": "Korean (EUC-KR, CP949)",
    "encoding-windows-1252": "Western European (Windows-1252)",
    "encoding-iso-8859-1": "Western European (ISO 8859-1, Latin-1)",
    "encoding-shift_jis": "Japanese (Shift JIS)",
    "encoding-gb18030": "Chinese (GB 18030, GBK)",
    "encoding-big5": "Chinese (Big5)",
    "encoding-utf-16le": "UTF-16 without byte order mark (little-endian)",
    "encoding-utf-16be": "UTF-16 without byte order mark (big-endian)",
  },
  ko: {
    "encoding-title": "“{name}” 파일은 UTF-8이 아닙니다",
    "encoding-text":
      "{line}행에 UTF-8에 맞지 않는 {byte} 바이트가 있습니다. 글자가 바르게 보이는 인코딩을 고르세요. 파이프라인은 UTF-8로 저장됩니다.",
    "encoding-label": "인코딩",
    "encoding-preview": "미리 보기",
    "encoding-no-fit": "이 인코딩으로는 텍스트가 아닙니다.",
    "encoding-open": "열고 UTF-8로 저장",
    "encoding-euc-kr": "한국어(EUC-KR, CP949)",
    "encoding-windows-1252": "서유럽어(Windows-1252)",
    "encoding-iso-8859-1": "서유럽어(ISO 8859-1, Latin-1)",
    "encoding-shift_jis": "일본어(Shift JIS)",
    "encoding-gb18030": "중국어(GB 18030, GBK)",
    "encoding-big5": "중국어(Big5)",
    "encoding-utf-16le": "바이트 순서 표시가 없는 UTF-16(리틀 엔디언)",
    "encoding-utf-16be": "바이트 순서 표시가 없는 UTF-16(빅 엔디언)",
  },
};
