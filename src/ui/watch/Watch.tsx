import { Curves } from './Curves';
import { Inside } from './Inside';
import '../charts/charts.css';
import './watch.css';

/** What happens while training runs: the curves, and under them a look inside the network. */
export default function Watch() {
  return (
    <>
      <Curves />
      <Inside />
    </>
  );
}
