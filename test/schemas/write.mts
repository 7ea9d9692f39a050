/** Writes the schemas by which n8n's editor shows the fields of a step that has not run yet. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { outputSchemas } from './outputSchemas.mts';

for (const [path, text] of outputSchemas()) {
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, text);
}
