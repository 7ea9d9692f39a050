type Work = () => void | Promise<void>;

/** What is to be undone at the end, last first, once, whatever ends the demo. */
export class Cleanup {
	private readonly work: Work[] = [];
	private running?: Promise<void>;

	add(work: Work): void {
		this.work.push(work);
	}

	/** What fails from now on fails because the rest is gone. */
	get begun(): boolean {
		return this.running !== undefined;
	}

	run(): Promise<void> {
		this.running ??= this.undo();
		return this.running;
	}

	private async undo(): Promise<void> {
		for (const work of this.work.reverse()) {
			try {
				await work();
			} catch (error) {
				process.stderr.write(`While ending: ${(error as Error).message}\n`);
			}
		}
	}
}

/** Ends everything on Ctrl-C or a request to end, and only then the process, with `codeOf()`. */
export function endOnSignals(cleanup: Cleanup, codeOf: () => number): void {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			void cleanup.run().then(() => process.exit(codeOf()));
		});
	}
}
