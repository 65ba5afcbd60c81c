import { describe, expect, it } from "vitest";
import { isDuration, isIsoDuration, nearestDuration, nearestIsoDuration } from "#kubernetes/duration.ts";
import {
  isImage,
  isLabelKey,
  isLabelValue,
  isObjectName,
  isVariableName,
  nearestObjectName,
  nearestVariableName,
  soundsSecret,
} from "#kubernetes/names.ts";
import { amountOf, isBelowOneByte, isQuantity, nearestQuantity, sdkTakes } from "#kubernetes/quantity.ts";

describe("a quantity", () => {
  it.each(["2", "500m", "1G", "1Gi", "0.5Gi", "1e9", ".5", "+1", "100n"])("takes %s", (text) => expect(isQuantity(text)).toBe(true));
  it.each(["1GB", "2 cores", "1 G", "1K", "-1", "", "1.2.3", "２", "1Gib", "inf"])("refuses %s", (text) =>
    expect(isQuantity(text)).toBe(false),
  );
  it.each([
    ["1GB", "1G"],
    ["2 cores", "2"],
    ["1 GiB", "1Gi"],
    ["２", "2"],
    ["512 mb", "512M"],
    ["1,024Mi", "1024Mi"],
    ["4 코어", "4"],
    ["1K", "1k"],
  ])("knows that %s means %s", (text, meant) => expect(nearestQuantity(text)).toBe(meant));
  it("does not guess at other words", () =>
    expect(["2 apples", "fast", "", "1-2"].map(nearestQuantity)).toEqual([undefined, undefined, undefined, undefined]));
  it("has an amount", () => expect(["500m", "2", "1Ki", "1k", "1e3", "1GB"].map(amountOf)).toEqual([0.5, 2, 1024, 1000, 1000, undefined]));
  it("of memory in thousandths of a byte is distinguished", () =>
    expect(["100m", "0m", "1Mi", "5u"].map(isBelowOneByte)).toEqual([true, false, false, true]));
  it("is narrower for the SDK", () => {
    expect([sdkTakes("memory", "0.5Gi"), sdkTakes("memory", "1e9"), sdkTakes("memory", "1G"), sdkTakes("memory", "1Gi")]).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect([sdkTakes("cpu", "500m"), sdkTakes("cpu", "0.5"), sdkTakes("cpu", "1k")]).toEqual([true, true, false]);
  });
});

describe("a duration", () => {
  it("is Go's, or seconds", () =>
    expect(["30s", "1h30m", "1.5h", "300", "500ms", "5 minutes", "1d", "", "m"].map(isDuration)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]));
  it("is guessed from words", () =>
    expect(["5 minutes", "1 day", "2 hrs", "10 분", "x"].map(nearestDuration)).toEqual(["5m", "24h", "2h", "10m", undefined]));
  it("is ISO 8601 for the cache", () =>
    expect(["P0D", "P30D", "PT12H", "P1DT2H", "P", "PT", "30d"].map(isIsoDuration)).toEqual([true, true, true, true, false, false, false]));
  it("is guessed for the cache, too", () =>
    expect(["30", "30 days", "12h", "x"].map(nearestIsoDuration)).toEqual(["P30D", "P30D", "PT12H", undefined]));
});

describe("a name", () => {
  it("of an object is a DNS subdomain", () =>
    expect(["team-data", "a.b", "Team", "a_b", "-a", ""].map(isObjectName)).toEqual([true, true, false, false, false, false]));
  it("of an object is guessed", () =>
    expect([nearestObjectName("Team Data"), nearestObjectName("데이터")]).toEqual(["team-data", undefined]));
  it("of a label may have a domain", () =>
    expect(["app", "a.b/c", "a/b/c", "/x", "k ey", ""].map(isLabelKey)).toEqual([true, true, false, false, false, false]));
  it("as the value of a label has 63 signs at most", () =>
    expect(["", "a_b.C", "a".repeat(64), "-a"].map(isLabelValue)).toEqual([true, true, false, false]));
  it("of a variable does not begin with a digit", () =>
    expect(["MODE", "2ND", "a-b", "a=b"].map(isVariableName)).toEqual([true, false, true, false]));
  it("of a variable is guessed", () => expect([nearestVariableName("2ND TRY"), nearestVariableName("=")]).toEqual(["_2ND_TRY", undefined]));
  it("of a variable can sound like a secret", () =>
    expect(["API_TOKEN", "DB_PASSWORD", "AWS_SECRET_ACCESS_KEY", "MODE", "TOKENS_PER_SECOND", "apikey"].map(soundsSecret)).toEqual([
      true,
      true,
      true,
      false,
      false,
      true,
    ]));
  it("of an image has its path in lower case", () =>
    expect(["python:3.12-slim", "ghcr.io/a/b@sha256:" + "0".repeat(64), "localhost:5000/a", "A/B", "a b", ""].map(isImage)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]));
});
