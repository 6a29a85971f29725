import { growth } from "../bench/results";

/** Run by `npm run bench -- --growth`. The argument is the folder of the results. */
process.stdout.write(`${growth(process.argv[2]!)}\n`);
