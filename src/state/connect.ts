import { installApi } from './api';
import { isolate } from './isolate';
import { whittleSession, whittleStore } from './store';

/** Starts the conversation with the worker, and opens the page to programs. */
export async function connect(): Promise<void> {
  if (await isolate(window)) return;
  const session = whittleSession();
  installApi(whittleStore, session);
  // The laboratory needs no data and no network: closing it prepares them.
  if (whittleStore.getState().link.view.lab === undefined) session.prepare();
  void session.listOwn();
  const { link } = whittleStore.getState();
  const looksForSaved = session.client
    .request('savedRun', {})
    .then((savedRun) => {
      // A link that starts by itself, or a script, may have started a run in the meantime.
      if (!session.isUnderWay()) whittleStore.setState({ savedRun });
    })
    .catch(session.report);
  await session.refresh();
  await looksForSaved;
  if (link.view.run && whittleStore.getState().savedRun === null) whittleStore.getState().play();
}
