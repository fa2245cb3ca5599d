import { render } from "preact";
import { listenToKeys } from "./keys/keys.js";
import { Page } from "./page.js";
import "uplot/dist/uPlot.min.css";
import "./page.css";

const root = document.getElementById("page");
if (root !== null) {
  listenToKeys();
  render(<Page />, root);
}
