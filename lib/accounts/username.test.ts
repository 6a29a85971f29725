import { describe, expect, it } from "vitest";
import { localPath } from "./local-path";
import { describeDevice } from "./device";
import { isReserved } from "./reserved-names";
import { skeletonOf } from "./skeleton";
import { cleanLine, cleanLines } from "./text";
import { usernameProblem, usernameSchema } from "./username";

describe("usernames", () => {
  it.each(["ada", "ada.lovelace", "Ada_1815", "a1b", "ali", "lan", "x".repeat(30), "__x__"])("%s may be had", (name) => {
    expect(usernameProblem(name)).toBeNull();
  });

  it.each([
    ["ab", /3 to 30/], ["x".repeat(31), /3 to 30/], ["1234", /letter/], ["._.", /letter/], [".ada", /begin or end/], ["ada.", /begin or end/],
    ["a..b", /side by side/], ["a b", /only the letters/], ["a-b", /only the letters/], ["robots.txt", /file/], ["logo.PNG", /file/],
    ["\u0430dmin", /“\u0430” is not one of them, although it looks like one/], ["ad\u00e1", /although/], ["\u65e5\u672c\u8a9e", /“\u65e5” is not one of them\./],
  ])("%s is refused with the reason", (name, reason) => {
    expect(usernameProblem(name)).toMatch(reason);
  });

  it.each(["admin", "Admin", "ad_min", "adm1n", "explore", "exp1ore", "api", "settings", "notifications", "p.o.s.t.s", "heliograph", "he1iograph", "null"])("%s is reserved", (name) => {
    expect(isReserved(name)).toBe(true);
  });

  it.each(["ali", "post1", "photographer", "adminton", "exploring", "mel", "ada"])("%s is not reserved", (name) => {
    expect(isReserved(name)).toBe(false);
  });

  it("forgives an @ and spaces around", () => {
    expect(usernameSchema.parse(" @ada ")).toBe("ada");
  });
});

describe("look-alikes", () => {
  it.each([["alice", "a1ice"], ["alice", "aIice"], ["barney", "bamey"], ["hollow", "ho11ow"], ["bob", "b0b"], ["ada.l", "ada_l"], ["ada_l", "adal"], ["vvilma", "wilma"]])("%s and %s are alike", (a, b) => {
    expect(skeletonOf(a)).toBe(skeletonOf(b));
  });

  it.each([["alice", "alicia"], ["user1", "user2"], ["user_1_11", "user_11_1"], ["user10", "user100"], ["ada", "adda"], ["ann", "anna"]])("%s and %s are not", (a, b) => {
    expect(skeletonOf(a)).not.toBe(skeletonOf(b));
  });
});

describe("where log-in leads", () => {
  it.each([["/saved", "/saved"], ["/p/abc?x=1#c", "/p/abc?x=1#c"], ["/", "/"]])("%s stays", (path, there) => {
    expect(localPath(path)).toBe(there);
  });

  it.each([undefined, "", "https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "\\\\evil.example", "/\n/evil", "/.//evil.example", "/a/..//evil.example", "javascript:alert(1)", "evil"])("%s leads home", (path) => {
    expect(localPath(path)).toBe("/");
  });
});

describe("devices", () => {
  it.each([
    ["Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36", "Chrome on Android"],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone"],
    ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 Edg/131.0", "Edge on Windows"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox on Linux"],
    ["curl/8.5.0", "curl"], [null, "Unknown device"], ["\u0000<script>", "Unknown device"],
  ])("%s", (agent, words) => {
    expect(describeDevice(agent)).toBe(words);
  });
});

describe("people's text", () => {
  it("loses what is invisible and turns text around", () => {
    expect(cleanLine("  Ada\u202e  Love\u200blace\n ")).toBe("Ada Lovelace");
    expect(cleanLines("a \r\n\r\n\r\n\r\nb\u0007")).toBe("a\n\nb");
  });
});
