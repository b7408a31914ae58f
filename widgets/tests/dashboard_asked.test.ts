import { describe, expect, it } from "vitest";
import { asked } from "../src/dashboard/asked";

const FILMS = { a: { title: "The Lamp" }, b: { title: "the lamp" }, c: { title: "Gull & Co" } };

describe("the film that an address asks for", () => {
  it("is found by its title, as it is written or else however it is written", () => {
    expect(asked("?film=the%20lamp", FILMS)?.id).toBe("b");
    expect(asked("?token=x&film=THE+LAMP", FILMS)?.id).toBe("a");
    expect(asked("?film=%20Gull%20%26%20%20Co", FILMS)).toEqual({ title: "Gull & Co", id: "c" });
  });

  it("is none where it names none, and is said where there is none of that name", () => {
    expect(asked("?token=x", FILMS)).toBeNull();
    expect(asked("?film=%20", FILMS)).toBeNull();
    expect(asked("?film=Whale", FILMS)).toEqual({ title: "Whale", id: "" });
  });
});
