export { DEFAULT_PORT, startViewer, type Viewer, type ViewerOptions } from "./viewer.js";
