import { describe, expect, it } from "vitest";
import { toInstant, toWall } from "./zoned-time";

const at = (year: number, month: number, date: number, time: string, zone: string) => toInstant({ year, month: month - 1, date }, time, zone).toISOString();

describe("times on the clock of a zone", () => {
  it("are instants, in summer and winter, east and west, at odd offsets", () => {
    expect(at(2026, 1, 15, "14:05", "Europe/Lisbon")).toBe("2026-01-15T14:05:00.000Z");
    expect(at(2026, 7, 15, "14:05", "Europe/Lisbon")).toBe("2026-07-15T13:05:00.000Z");
    expect(at(2026, 12, 31, "23:30", "America/Los_Angeles")).toBe("2027-01-01T07:30:00.000Z");
    expect(at(2026, 3, 1, "00:15", "Asia/Kathmandu")).toBe("2026-02-28T18:30:00.000Z");
  });

  it("survive the nights on which clocks change", () => {
    // 2026-03-29, 02:00 becomes 03:00; 2026-10-25, 03:00 becomes 02:00.
    expect(at(2026, 3, 29, "01:59", "Europe/Berlin")).toBe("2026-03-29T00:59:00.000Z");
    expect(at(2026, 3, 29, "02:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
    expect(at(2026, 3, 29, "03:00", "Europe/Berlin")).toBe("2026-03-29T01:00:00.000Z");
    expect(at(2026, 10, 25, "03:00", "Europe/Berlin")).toBe("2026-10-25T02:00:00.000Z");
    expect(["2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"]).toContain(at(2026, 10, 25, "02:30", "Europe/Berlin"));
  });

  it("come back as they went", () => {
    for (const zone of ["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Chatham"]) {
      for (let hour = 0; hour < 400; hour++) {
        const instant = new Date(Date.UTC(2026, 0, 1) + hour * 23 * 3_600_000);
        const { day, time } = toWall(instant, zone);
        const again = toInstant(day, time, zone);
        expect(toWall(again, zone)).toEqual({ day, time });
      }
    }
  });
});
