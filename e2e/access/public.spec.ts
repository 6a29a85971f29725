import { matrix } from "./matrix";

matrix("public");
