/** `tsx runtime/install-now.mts`: fetches the n8n that the demo runs on, without running anything. */
import { ensureRuntime } from './install.mts';
import { createProgress } from './progress.mts';

const progress = createProgress();
const runtime = await ensureRuntime(progress);
process.stdout.write(`n8n ${runtime.version} is in ${runtime.folder}\n`);
