import { matrix } from "./matrix";

matrix("private");
