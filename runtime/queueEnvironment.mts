/** Where an n8n in queue mode finds its Redis and its PostgreSQL. */
export interface QueuePlaces {
	redis: { host: string; port: number };
	postgres: { host: string; port: number; database: string; user: string; password: string };
}

/**
 * What makes an n8n run in queue mode: the same for the main process and for all workers. The tests start n8n with it, and
 * docs/compose/compose.yaml has the same names and values (test/contract/compose.test.mts).
 */
export function queueEnvironment({ redis, postgres }: QueuePlaces): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		QUEUE_BULL_REDIS_HOST: redis.host,
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: postgres.host,
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: postgres.database,
		DB_POSTGRESDB_USER: postgres.user,
		DB_POSTGRESDB_PASSWORD: postgres.password,
		// From n8n 3 on it has to be said that packages may come from elsewhere than n8n's own list
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		// 1 GiB for all data tables together, instead of 200 MB
		N8N_DATA_TABLES_MAX_SIZE_BYTES: String(2 ** 30),
		// Seconds: a worker that is asked to end lets its runs end first
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '300',
		NODE_OPTIONS: '--max-old-space-size=2048',
	};
}

/** What a worker has besides; it answers a health check like the main process. */
export const workerEnvironment = (port: number): Record<string, string> => ({
	QUEUE_HEALTH_CHECK_ACTIVE: 'true',
	QUEUE_HEALTH_CHECK_PORT: String(port),
});

/** How many runs a worker works on at once; n8n warns below 5. */
export const workerCommand = ['worker', '--concurrency=5'];
