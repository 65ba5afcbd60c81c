"""메트릭 내보내기: 단계가 결과를 Kubeflow에 알리고 실행 화면이 숫자를 보여 줍니다."""
import kfp
from kfp.components import OutputPath, create_component_from_func


@create_component_from_func
def judge_guesses(mlpipeline_metrics_path: OutputPath("Metrics"), right: int = 9, all_guesses: int = 12):
    """맞힌 개수를 세어 점수를 내보냅니다."""
    import json

    accuracy = right / all_guesses
    metrics = {
        "metrics": [
            # 이름은 영문자로 시작하고 영문자, 숫자, -, _ 만 쓸 수 있습니다.
            {"name": "accuracy", "numberValue": accuracy, "format": "PERCENTAGE"},
            {"name": "wrong-guesses", "numberValue": all_guesses - right, "format": "RAW"},
            {"name": "baseline", "numberValue": 0.5, "format": "PERCENTAGE"},
        ],
    }
    with open(mlpipeline_metrics_path, "w") as file:
        json.dump(metrics, file)


@kfp.dsl.pipeline(name="메트릭 내보내기", description="Kubeflow 실행 화면에 보일 숫자를 내보냅니다.")
def export_metrics():
    judge_guesses()


if __name__ == "__main__":
    kfp.compiler.Compiler().compile(export_metrics, "export-metrics-ko.yaml")
