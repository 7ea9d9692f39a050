/** Writes the workflows that ship: `npm run templates`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { templates } from './templates.mts';

for (const [file, workflow] of Object.entries(templates)) {
	writeFileSync(join('templates', file), workflow().toJson());
}
