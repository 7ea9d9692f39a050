import { faultKinds, type FaultKind } from '../../sandbox/control/faults.mts';
import type { Servers } from '../../sandbox/demo/world.mts';

const RATE = 0.2;

type Counts = Record<string, number>;

/** Every fifth call goes wrong at both servers, in ways that a seed chooses; what struck is counted. */
export class StormOfFaults {
	private before: Counts = {};

	private begun = 0;

	constructor(
		private readonly servers: Servers,
		private readonly seed: number,
	) {}

	/** From now on faults of these kinds strike. */
	async begin(kinds: readonly FaultKind[] = faultKinds): Promise<void> {
		this.before = await this.struck();
		const seed = this.seed + this.begun++;
		await this.servers.wix.fail(RATE, kinds, seed);
		await this.servers.users.fail(RATE, kinds, seed + 1000);
	}

	/** How many struck, by kind. */
	async struck(): Promise<Counts> {
		if (this.begun === 0) return {};
		const { wix, users } = this.servers;
		return sums(this.before, await wix.failed(), await users.failed());
	}

	/** Kinds that did not strike yet. */
	async missing(): Promise<FaultKind[]> {
		const struck = await this.struck();
		return faultKinds.filter((kind) => struck[kind] === undefined);
	}

	/** @returns how many struck, by kind */
	async end(): Promise<Counts> {
		const struck = await this.struck();
		await this.servers.wix.fail(0);
		await this.servers.users.fail(0);
		return struck;
	}
}

function sums(...all: readonly Counts[]): Counts {
	const sum: Counts = {};
	for (const counts of all) {
		for (const [kind, count] of Object.entries(counts)) sum[kind] = (sum[kind] ?? 0) + count;
	}
	return sum;
}
