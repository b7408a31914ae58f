import "../shared/base.css";
import "./renders.css";
import { face, type ViewProps } from "../shared/widget";
import { Panel } from "./panel";
import { Review } from "./review";
import type { RendersState } from "./types";

function View(props: ViewProps<RendersState>) {
  return props.state.review ? <Review {...props} /> : <Panel {...props} />;
}

export default face<RendersState>(View, "Renders", (state) => (state.review ? "Review" : "Renders"));
