/** The whole page: the frame of bars and panels around the canvas. */
export function App() {
  return (
    <main aria-label="Canvas">
      <h1>Dagwright</h1>
    </main>
  );
}
