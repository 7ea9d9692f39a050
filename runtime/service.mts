/** A server that was started for one test or demo. */
export interface LocalService {
	/** Of 127.0.0.1. */
	port: number;
	/** Ends it properly, and removes its data. */
	stop(): Promise<void>;
	/** Ends it at once, as a crash would, and removes its data. */
	kill(): Promise<void>;
}
