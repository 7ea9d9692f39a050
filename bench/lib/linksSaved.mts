import { LINKS_TABLE } from '../../sandbox/demo/world.mts';
import type { LoadStage } from './loadStage.mts';

/** Rows of a data table; counted in the database, because n8n's API gives 250 a call. 0 where there is no such table. */
export async function rowsIn(stage: Pick<LoadStage, 'query'>, table: string): Promise<number> {
	const [found] = await stage.query(`SELECT id FROM data_table WHERE name = '${table}'`);
	if (found === undefined) return 0;
	const [row] = await stage.query(`SELECT count(*) AS n FROM "data_table_user_${found.id}"`);
	return Number(row?.n ?? 0);
}

export const linksSaved = async (stage: Pick<LoadStage, 'query'>): Promise<number> =>
	await rowsIn(stage, LINKS_TABLE);
