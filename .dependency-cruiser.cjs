/** What may import what (README, "Map of the code"). `npm run check` fails on a crossing. */
const modules =
  'capture|intake|outbox|delivery|campaigns|leads|disputes|onboarding|triage|views|metrics|alerts|partners|reconcile|reports|webhooks|scheduled|operators|audit';

/** Files of another module that may be imported: its front door, its client-safe schema, and its payload shapes. */
const doors = '/(index\\.server|[a-z-]*schema|payloads)\\.ts$';

/** A module's allowance: itself, platform, types of connectors, and the doors of the modules named. */
const moduleRule = (name, allowed) => ({
  name: `module-${name}`,
  severity: 'error',
  comment: `${name} may import: platform, ${['audit', 'operators', ...allowed].join(', ')}`,
  from: { path: `^app/modules/${name}/` },
  to: {
    path: '^app/(modules|server|routes|ui|practice|connectors|commands)/',
    pathNot: [
      `^app/modules/${name}/`,
      `^app/modules/(${['audit', 'operators', ...allowed].join('|')})${doors}`,
      '^app/connectors/types\\.ts$',
      ...(name === 'delivery' ? ['^app/connectors/shared/input-error\\.ts$'] : []),
    ],
  },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: { path: '^app/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'platform-knows-nothing-of-ours',
      severity: 'error',
      from: { path: '^app/platform/' },
      to: { path: '^app/', pathNot: ['^app/platform/', '^app/generated/'] },
    },
    {
      name: 'ui-is-client-safe',
      severity: 'error',
      from: { path: '^app/ui/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^app/', pathNot: ['^app/ui/', '^app/platform/[a-z-]+\\.ts$'] },
    },
    {
      name: 'connectors-are-pure',
      severity: 'error',
      from: { path: '^app/connectors/', pathNot: '\\.(test|suite)\\.ts$|/testing/' },
      to: {
        path: '^app/',
        pathNot: ['^app/connectors/', '^app/platform/[a-z-]+\\.ts$', '^app/platform/http/types\\.ts$'],
      },
    },
    {
      name: 'connectors-know-only-themselves',
      severity: 'error',
      from: { path: '^app/connectors/([a-z-]+)/', pathNot: '^app/connectors/(shared)/' },
      to: { path: '^app/connectors/([a-z-]+)/', pathNot: ['^app/connectors/($1|shared)/'] },
    },
    {
      name: 'practice-stands-alone',
      severity: 'error',
      from: { path: '^app/practice/' },
      to: { path: '^app/', pathNot: '^app/practice/' },
    },
    moduleRule('audit', []),
    moduleRule('operators', []),
    moduleRule('capture', []),
    moduleRule('outbox', []),
    moduleRule('campaigns', []),
    moduleRule('intake', ['capture', 'outbox', 'campaigns']),
    moduleRule('delivery', ['outbox', 'campaigns']),
    moduleRule('leads', ['campaigns']),
    moduleRule('disputes', ['leads', 'outbox', 'campaigns']),
    moduleRule('onboarding', ['campaigns', 'capture', 'intake', 'outbox']),
    moduleRule('triage', ['capture', 'outbox', 'campaigns', 'delivery']),
    moduleRule('views', []),
    moduleRule('metrics', ['outbox', 'campaigns']),
    moduleRule('webhooks', ['intake', 'disputes', 'campaigns']),
    moduleRule('alerts', ['triage', 'leads', 'reports', 'campaigns']),
    moduleRule('scheduled', ['alerts', 'views']),
    moduleRule('reconcile', ['intake', 'disputes', 'leads', 'outbox', 'campaigns', 'capture']),
    moduleRule('reports', ['triage', 'leads', 'outbox', 'campaigns', 'capture', 'intake', 'disputes']),
    {
      name: 'routes-use-front-doors',
      severity: 'error',
      from: { path: '^app/(routes/|root\\.tsx)', pathNot: '\\.test\\.tsx?$' },
      to: {
        path: `^app/(platform/db|connectors|practice|server|modules/(${modules}))/`,
        pathNot: [`^app/modules/(${modules})/(index\\.server|policy|[a-z-]*schema|next-path)\\.ts$`],
      },
    },
    {
      name: 'only-the-server-joins',
      severity: 'error',
      from: { path: '^app/(modules|platform|ui|connectors)/' },
      to: { path: '^app/(server|routes|commands)/' },
    },
    {
      name: 'no-dev-dependency-at-run-time',
      severity: 'error',
      from: { path: '^app/', pathNot: '^app/routes\\.ts$|\\.(test|suite)\\.tsx?$|/testing/|test-kit\\.ts$' },
      to: {
        dependencyTypes: ['npm-dev'],
        pathNot: ['node_modules/(@types|typescript)/'],
        dependencyTypesNot: ['type-only'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(app/generated|build)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.css'],
    },
  },
};
