// <TryAgain problem={outcome.message} onAgain={() => setAttempt(attempt + 1)} />   In the place of what could not be loaded.
import { Button } from "./button";

export function TryAgain({ problem, onAgain }: { problem: string; onAgain: () => void }) {
  return (
    <div role="alert" className="flex flex-col items-start gap-4">
      <p>{problem}</p>
      <Button onClick={onAgain}>Try again</Button>
    </div>
  );
}
