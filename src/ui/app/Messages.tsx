import '../../i18n/later';
import { Notices } from './Notices';
import { SavedRun } from './SavedRun';

/** What there is to say before anything is done. */
export default function Messages() {
  return (
    <>
      <Notices />
      <SavedRun />
    </>
  );
}
