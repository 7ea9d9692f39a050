/** What n8n may see of the surrounding environment: no settings of another n8n, and no keys. */
const PASSED_ON =
	/^(PATH|HOME|TMPDIR|LANG|LC_.*|TZ|https?_proxy|no_proxy|HTTPS?_PROXY|NO_PROXY|NODE_EXTRA_CA_CERTS|SSL_CERT_.*)$/;

export interface Owner {
	email: string;
	password: string;
}

export interface N8nSettings {
	userFolder: string;
	port: number;
	brokerPort: number;
	encryptionKey: string;
	owner: Owner;
	/** bcrypt */
	passwordHash: string;
	/** Set on top of the rest, such as `EXECUTIONS_MODE`. */
	more?: Record<string, string> | undefined;
}

/**
 * Keeps n8n local and quiet (no usage data, no version checks, no banners), creates its owner without a sign-up page,
 * and lets it load packages that n8n has not verified.
 */
export function n8nEnvironment(
	settings: N8nSettings,
	surroundings: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
	const passedOn = Object.fromEntries(
		Object.entries(surroundings).filter(([name]) => PASSED_ON.test(name)),
	);
	return {
		...passedOn,
		N8N_USER_FOLDER: settings.userFolder,
		N8N_ENCRYPTION_KEY: settings.encryptionKey,
		N8N_PORT: String(settings.port),
		N8N_RUNNERS_BROKER_PORT: String(settings.brokerPort),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_SECURE_COOKIE: 'false',
		N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
		N8N_INSTANCE_OWNER_EMAIL: settings.owner.email,
		N8N_INSTANCE_OWNER_FIRST_NAME: 'Demo',
		N8N_INSTANCE_OWNER_LAST_NAME: 'Owner',
		N8N_INSTANCE_OWNER_PASSWORD_HASH: settings.passwordHash,
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_DISABLED_MODULES: 'mcp-registry',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		GENERIC_TIMEZONE: 'UTC',
		...settings.more,
	};
}
