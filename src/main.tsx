import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "#ui/app.tsx";
import "#ui/tokens.css";

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
