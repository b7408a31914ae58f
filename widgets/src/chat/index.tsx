import "../shared/base.css";
import "./chat.css";
import { face } from "../shared/widget";
import type { ChatState } from "./types";
import { Chat } from "./view";

export default face<ChatState>(Chat, "Chat");
