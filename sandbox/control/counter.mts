import type { JsonObject } from '../../nodes/shared/contract/index';

/** Counts API calls for `GET /sandbox/requests`; bytes are those of bodies, without headers. */
export class RequestCounter {
	private total = 0;
	private writes = 0;
	private bytesIn = 0;
	private bytesOut = 0;
	private byRoute = new Map<string, number>();

	countRequest(route: string, isWrite: boolean, bytes: number): void {
		this.total++;
		if (isWrite) this.writes++;
		this.bytesIn += bytes;
		this.byRoute.set(route, (this.byRoute.get(route) ?? 0) + 1);
	}

	countAnswer(bytes: number): void {
		this.bytesOut += bytes;
	}

	reset(): void {
		this.total = this.writes = this.bytesIn = this.bytesOut = 0;
		this.byRoute.clear();
	}

	toJson(): JsonObject {
		return {
			total: this.total,
			writes: this.writes,
			byRoute: Object.fromEntries(this.byRoute),
			bytesIn: this.bytesIn,
			bytesOut: this.bytesOut,
		};
	}
}
