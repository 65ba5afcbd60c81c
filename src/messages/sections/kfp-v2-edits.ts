import type { Section } from "../say.ts";

/** Why an edit of a KFP v2 pipeline is refused, and what it takes with it. */
export const kfpV2EditsWords: Section = {
  en: {
    "edit-no-executor": "“{template}” runs no executor of this file, so it has no settings of this kind.",
    "edit-no-executor.hint": "Choose a task that runs a container.",
    "edit-no-platform": "The file of “{name}” has no place for Kubernetes settings.",
    "edit-no-platform.hint": "A PipelineJob holds the pipeline spec only; save the pipeline as YAML without the job.",
    "edit-task-key-invalid": "“{name}” cannot be the identifier of a task.",
    "edit-task-key-invalid.hint":
      "Use lower-case letters, digits and “-”, beginning with a letter or digit, such as “{key}”. The display name may be in any script.",
    "edit-root-fixed": "“{name}” is the pipeline itself.",
    "edit-root-fixed.hint": "Rename the pipeline instead.",
    "edit-port-of-program": "“{name}” is a parameter of the Python function of “{template}”.",
    "edit-port-of-program.hint": "Change the signature of the function instead.",
    "edit-v2-port-name": "“{name}” cannot be the name of a parameter or artifact.",
    "edit-v2-port-name.hint": "Use a name without quotes, braces and line breaks.",
    "edit-artifact-constant": "“{input}” of “{task}” takes an artifact, which cannot be typed in.",
    "edit-artifact-constant.hint": "Connect an output, or add an importer.",
    "edit-parameter-type": "“{type}” is not a type of a parameter.",
    "edit-parameter-type.hint": "Use one of {types}.",
    "edit-exit-awaited": "“{task}” cannot wait for “{on}”, which runs when everything else has ended.",
    "edit-exit-awaited.hint": "Choose another task.",

    "edit-order-by-wire": "“{task}” still reads from “{on}”, so it runs after it all the same.",
    "edit-order-by-wire.hint": "Remove the connection too.",
    "edit-setting-dropped": "The setting {setting} of “{task}” was removed, because it read a value that is gone.",
    "edit-setting-dropped.hint": "Set it again with another value if it is needed.",
  },
  ko: {
    "edit-no-executor": "“{template}” 템플릿은 이 파일의 실행기를 쓰지 않아 이런 설정이 없습니다.",
    "edit-no-executor.hint": "컨테이너를 실행하는 태스크를 고르세요.",
    "edit-no-platform": "“{name}” 파이프라인의 파일에는 Kubernetes 설정을 둘 곳이 없습니다.",
    "edit-no-platform.hint": "PipelineJob에는 파이프라인 명세만 들어갑니다. 작업 없이 파이프라인만 YAML로 저장하세요.",
    "edit-task-key-invalid": "“{name}” 텍스트는 태스크 식별자가 될 수 없습니다.",
    "edit-task-key-invalid.hint":
      "“{key}” 이름처럼 영문 소문자, 숫자, “-”를 쓰고 영문자나 숫자로 시작하세요. 표시 이름에는 어떤 문자든 쓸 수 있습니다.",
    "edit-root-fixed": "“{name}” 템플릿은 파이프라인 자체입니다.",
    "edit-root-fixed.hint": "파이프라인 이름을 바꾸세요.",
    "edit-port-of-program": "“{name}” 포트는 “{template}” 템플릿의 Python 함수 매개변수입니다.",
    "edit-port-of-program.hint": "함수의 시그니처를 바꾸세요.",
    "edit-v2-port-name": "“{name}” 텍스트는 매개변수나 아티팩트의 이름이 될 수 없습니다.",
    "edit-v2-port-name.hint": "따옴표, 중괄호, 줄바꿈이 없는 이름을 쓰세요.",
    "edit-artifact-constant": "“{task}” 태스크의 “{input}” 입력은 아티팩트를 받으므로 값을 직접 쓸 수 없습니다.",
    "edit-artifact-constant.hint": "출력을 연결하거나 가져오기 태스크를 추가하세요.",
    "edit-parameter-type": "“{type}” 텍스트는 매개변수 형식이 아닙니다.",
    "edit-parameter-type.hint": "{types} 형식 가운데 하나를 쓰세요.",
    "edit-exit-awaited": "“{task}” 태스크는 모든 것이 끝난 뒤 실행되는 “{on}” 태스크를 기다릴 수 없습니다.",
    "edit-exit-awaited.hint": "다른 태스크를 고르세요.",

    "edit-order-by-wire": "“{task}” 태스크는 여전히 “{on}” 태스크의 값을 읽으므로 그대로 그 뒤에 실행됩니다.",
    "edit-order-by-wire.hint": "연결도 제거하세요.",
    "edit-setting-dropped": "읽던 값이 없어져 “{task}” 태스크의 {setting} 설정을 제거했습니다.",
    "edit-setting-dropped.hint": "필요하면 다른 값으로 다시 설정하세요.",
  },
};
