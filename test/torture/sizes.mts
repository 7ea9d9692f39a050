/** How much is done; `npm run torture` takes all of it from the environment. */
export interface Sizes {
	seeds: number[];
	/** Records a side in a storm. */
	people: number;
	kills: number;
}

/** `TORTURE_SEEDS` (`1,2,3`), `TORTURE_PEOPLE`, `TORTURE_KILLS`. @throws where one of them is no whole number */
export function sizesOf(environment: NodeJS.ProcessEnv = process.env): Sizes {
	const { TORTURE_SEEDS, TORTURE_PEOPLE, TORTURE_KILLS } = environment;
	return {
		seeds: (TORTURE_SEEDS || '1,2,3,4,5').split(',').map((each) => whole('TORTURE_SEEDS', each)),
		people: whole('TORTURE_PEOPLE', TORTURE_PEOPLE || '2000'),
		kills: whole('TORTURE_KILLS', TORTURE_KILLS || '50'),
	};
}

function whole(name: string, text: string): number {
	if (/^\s*\d+\s*$/.test(text)) return Number(text);
	throw new Error(`${name} takes whole numbers, not "${text}".`);
}
