"""파일로 데이터 전달: 한 단계가 파일을 쓰고 다음 단계가 읽습니다."""
import kfp
from kfp.components import InputPath, OutputPath, create_component_from_func


@create_component_from_func
def write_prices(prices_path: OutputPath("dict")):
    """작은 가게의 가격표를 파일로 씁니다."""
    import json

    prices = {"사과": 3, "배": 4, "멜론": 12}
    with open(prices_path, "w", encoding="utf-8") as file:
        json.dump(prices, file, ensure_ascii=False)


@create_component_from_func
def total_of_basket(prices_path: InputPath("dict"), count: int = 2) -> float:
    """가격표를 읽어 장바구니 값을 계산합니다."""
    import json

    with open(prices_path, encoding="utf-8") as file:
        prices = json.load(file)
    # 과일마다 같은 개수를 담습니다.
    total = float(sum(prices.values()) * count)
    print(f"장바구니 값: {total}")
    return total


@kfp.dsl.pipeline(name="파일로 데이터 전달", description="딕셔너리를 파일로 전달합니다.")
def passing_by_file():
    written = write_prices()
    total_of_basket(written.outputs["prices"])


if __name__ == "__main__":
    kfp.compiler.Compiler().compile(passing_by_file, "passing-by-file-ko.yaml")
