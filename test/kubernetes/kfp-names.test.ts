import { describe, expect, it } from "vitest";
import { fileName, humanName, k8sCaseName, k8sName, normId, reservedArtifact } from "#kubernetes/kfp-names.ts";

describe("KFP v1 names", () => {
  it("an op name is lower case with single blanks, and never starts with a digit", () => {
    expect(normId("2nd try")).toBe("n2nd try");
    expect(normId("Train_model  (v2)")).toBe("train model v2");
    expect(normId("데이터 준비!")).toBe("데이터 준비");
  });

  it("a template name keeps only lower case letters, digits and single dashes", () => {
    expect(k8sName("Train model (v2)")).toBe("train-model-v2");
    expect(k8sName("--a__b--")).toBe("a-b");
    expect(k8sName("데이터 준비")).toBe("");
  });

  it("a parameter name keeps upper case and underscores", () => {
    expect(k8sCaseName("Model path!")).toBe("Model-path");
    expect(k8sCaseName("data_input")).toBe("data_input");
  });

  it("a folder name is not trimmed", () => {
    expect(fileName("Model path!")).toBe("Model_path_");
    expect(fileName("입력")).toBe("_");
  });

  it("a component's name comes from its function's name", () => {
    expect(humanName("split_rows_op")).toBe("Split rows op");
    expect(humanName("trainXGBoost")).toBe("TrainXGBoost");
  });

  it("metrics and ui metadata are known by their name in any spelling", () => {
    expect(reservedArtifact("mlpipeline_metrics")).toBe("mlpipeline-metrics");
    expect(reservedArtifact("MLPipeline UI Metadata")).toBe("mlpipeline-ui-metadata");
    expect(reservedArtifact("metrics")).toBeUndefined();
  });
});
