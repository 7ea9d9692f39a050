import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startPostgres } from '../../runtime/postgres.mts';
import { SetupError } from '../../runtime/setupError.mts';
import type { Cleanup } from '../../sandbox/demo/cleanup.mts';

/**
 * Starts a PostgreSQL that ends with `cleanup`.
 * @returns what tells n8n to use it; undefined on a machine without PostgreSQL
 */
export async function postgresForN8n(
	cleanup: Cleanup,
): Promise<Record<string, string> | undefined> {
	const folder = mkdtempSync(join(tmpdir(), 'bench-'));
	cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
	try {
		const postgres = await startPostgres(join(folder, 'postgres.log'));
		cleanup.add(() => postgres.stop());
		return {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_DATABASE: postgres.database,
			DB_POSTGRESDB_USER: postgres.user,
			DB_POSTGRESDB_PASSWORD: 'not-asked-for',
		};
	} catch (error) {
		if (!(error instanceof SetupError)) throw error;
		console.error(`Without PostgreSQL: ${error.message}`);
		return undefined;
	}
}
