"use client";
import { useEffect, useRef, useState } from "react";
import { MAX_VOICE_SECONDS, type OutgoingVoice } from "./outgoing";

/** What browsers record, the best first; all of them are taken. */
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus", "audio/webm"] as const;
/** Loudness is looked at so often, ms. */
const EVERY_MS = 100;
const BARS = 64;
/** Shorter is a slip of the finger, seconds. */
const SHORTEST = 0.5;

type State = { phase: "asking" | "recording" | "refused"; seconds: number; /** The latest loudnesses, 0..100. */ levels: number[]; problem: string | null };

/** Records what the microphone hears, from when it appears. */
export function useRecorder(onDone: (voice: OutgoingVoice) => void) {
  const [state, setState] = useState<State>({ phase: "asking", seconds: 0, levels: [], problem: null });
  const session = useRef<Session | null>(null);
  // Sent once, however often it is pressed; and not at all when it is thrown away in that moment.
  const fate = useRef<"open" | "sent" | "thrown">("open");
  const done = useRef(onDone);
  useEffect(() => void (done.current = onDone));

  useEffect(() => {
    let isWanted = true;
    begin((seconds, levels) => isWanted && setState({ phase: "recording", seconds, levels, problem: null })).then(
      (begun) => {
        if (!isWanted) return begun.end();
        session.current = begun;
        return setState((now) => ({ ...now, phase: "recording" }));
      },
      (error: unknown) => isWanted && setState({ phase: "refused", seconds: 0, levels: [], problem: inWords(error) }),
    );
    return () => {
      isWanted = false;
      session.current?.end();
      session.current = null;
    };
  }, []);

  async function finish() {
    if (!session.current || fate.current !== "open") return;
    fate.current = "sent";
    const voice = await session.current.finish();
    if (isThrown()) return;
    if (voice.duration < SHORTEST) return setState((now) => ({ ...now, phase: "refused", problem: "That was too short. Press again and speak." }));
    done.current(voice);
  }

  const isThrown = () => fate.current === "thrown";
  const throwAway = () => void (fate.current = "thrown");

  const isFull = state.seconds >= MAX_VOICE_SECONDS;
  useEffect(() => {
    if (isFull) void finish();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when its time is over
  }, [isFull]);
  return { ...state, finish, throwAway };
}

type Session = { finish: () => Promise<OutgoingVoice>; end: () => void };

async function begin(heard: (seconds: number, levels: number[]) => void): Promise<Session> {
  if (!navigator.mediaDevices || typeof MediaRecorder !== "function") throw new Error("unsupported");
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } });
  try {
    return record(stream, heard);
  } catch (error) {
    // Else the microphone stays on.
    for (const track of stream.getTracks()) track.stop();
    throw error;
  }
}

function record(stream: MediaStream, heard: (seconds: number, levels: number[]) => void): Session {
  const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one));
  const recorder = new MediaRecorder(stream, { ...(type ? { mimeType: type } : {}), audioBitsPerSecond: 48_000 });
  const pieces: Blob[] = [];
  recorder.ondataavailable = ({ data }) => data.size > 0 && pieces.push(data);
  const meter = listen(stream);
  const levels: number[] = [];
  const startedAt = performance.now();
  // From the beginning: it also stops by itself, as when the microphone is unplugged.
  const stopped = new Promise<number>((resolve) => recorder.addEventListener("stop", () => resolve(performance.now()), { once: true }));
  void stopped.then(() => clearInterval(timer));
  recorder.start(1_000);
  const timer = setInterval(() => {
    levels.push(meter.level());
    heard((performance.now() - startedAt) / 1000, levels.slice(-BARS));
  }, EVERY_MS);
  function end() {
    clearInterval(timer);
    if (recorder.state !== "inactive") recorder.stop();
    for (const track of stream.getTracks()) track.stop();
    meter.end();
  }
  return {
    end,
    finish: async () => {
      const pressedAt = performance.now();
      end();
      const duration = (Math.min(pressedAt, await stopped) - startedAt) / 1000;
      const plain = (recorder.mimeType || type || "audio/webm").split(";")[0]!;
      return { blob: new Blob(pieces, { type: plain }), type: plain, duration, waveform: condense(levels), mediaId: null };
    },
  };
}

function listen(stream: MediaStream): { level: () => number; end: () => void } {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    // Loudness in decibels is how ears have it: -60 dB is nothing, -6 dB is loud.
    level: () => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      return Math.round(Math.min(100, Math.max(0, ((10 * Math.log10(power + 1e-9) + 60) / 54) * 100)));
    },
    end: () => void context.close().catch(() => {}),
  };
}

/** As many loudnesses as the server makes of it. */
function condense(levels: number[]): number[] {
  if (levels.length === 0) return [];
  return Array.from({ length: BARS }, (_, i) => {
    const from = Math.floor((i * levels.length) / BARS);
    return Math.max(...levels.slice(from, Math.max(from + 1, Math.floor(((i + 1) * levels.length) / BARS))));
  });
}

function inWords(error: unknown): string {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError") return "This browser may not use the microphone. Allow it in the site’s settings, then try again.";
  if (name === "NotFoundError") return "There is no microphone on this device.";
  if (name === "NotReadableError") return "Another program is using the microphone.";
  return "This browser cannot record here. It needs a secure (https) address.";
}
