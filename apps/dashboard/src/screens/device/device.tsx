import { Badge, Card, Grid, Group, Stack, Text, Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';
import { useIsOfficer, useMe } from '../../app/me';
import { Action } from '../../parts/action';
import { useGet, type Schemas } from '../../parts/api';
import { Count, ToPoint } from '../../parts/columns';
import { BATTERY_LOW_PERCENT, Figure, Instant, State, useFormat } from '../../parts/figures';
import { PageHeader } from '../../parts/page';
import { Answer } from '../../parts/states';
import { Credentials } from '../devices/credentials';
import { Assignments, Commands, Gaps, Journal } from './lists';
import { useT } from './texts';

type Detail = Schemas['DeviceDetailDto'];

export function Device(): ReactElement {
  const t = useT();
  const { deviceId } = useParams({ strict: false }) as { deviceId: string };
  const params = { deviceId };
  const answer = useGet<Detail>('/api/v1/devices/{deviceId}', { params, everyMs: 15_000 });
  return (
    <>
      <PageHeader title={deviceId} up={{ to: '/devices', label: t('devices') }} />
      <Answer of={answer} height={500}>
        {(device) => (
          <Stack>
            <Standing device={device} />
            <Care device={device} />
            <Health device={device} />
            <Block title={t('gaps')}>
              <Gaps params={params} />
            </Block>
            <Block title={t('journal')}>
              <Journal params={params} />
            </Block>
            <Grid>
              <Grid.Col span={{ base: 12, lg: 7 }}>
                <Block title={t('commands')}>
                  <Commands params={params} />
                </Block>
              </Grid.Col>
              <Grid.Col span={{ base: 12, lg: 5 }}>
                <Block title={t('assignments')}>
                  <Assignments params={params} />
                </Block>
              </Grid.Col>
            </Grid>
          </Stack>
        )}
      </Answer>
    </>
  );
}

function Block({ title, children }: { title: string; children: ReactNode }): ReactElement {
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h4" mb="xs">
        {title}
      </Title>
      {children}
    </Card>
  );
}

function Standing({ device }: { device: Detail }): ReactElement {
  const t = useT();
  return (
    <Group gap="xs">
      <State of={device.presence} kind="presence" />
      {device.locked && (
        <Badge color="orange.9" variant="filled">
          {t('locked')}
        </Badge>
      )}
      {device.status === 'revoked' && (
        <Badge color="red.9" variant="filled">
          {t('revoked')}
        </Badge>
      )}
      <Text size="sm" c="dimmed">
        {device.model || t(`kind.${device.kind}`)} · {t('epoch')} {device.epoch} · <ToPoint code={device.point} />{' '}
        {device.pointName}
      </Text>
    </Group>
  );
}

interface Telemetry {
  readonly battery?: number;
  readonly queued?: number;
  readonly oldestQueuedAt?: string;
  readonly signal?: number;
  readonly firmware?: string;
}

function Health({ device }: { device: Detail }): ReactElement {
  const t = useT();
  const format = useFormat();
  const told = (device.telemetry ?? {}) as Telemetry;
  const low = told.battery !== undefined && told.battery < BATTERY_LOW_PERCENT;
  return (
    <div className="grid-figures">
      <Figure
        label={t('lastSeenAt')}
        value={<Instant at={device.lastSeenAt} relative />}
        hint={<Instant at={device.lastSeenAt} />}
      />
      <Figure
        label={t('battery')}
        value={told.battery === undefined ? '–' : format.percent(told.battery / 100)}
        {...(low && { tone: 'red' })}
        hint={device.telemetryAt ? t('measuredAt', { at: format.instant(device.telemetryAt) }) : ''}
      />
      <Figure
        label={t('queue')}
        value={<Count value={told.queued} />}
        hint={told.oldestQueuedAt ? t('oldest', { at: format.distance(told.oldestQueuedAt) }) : ''}
      />
      <Figure
        label={t('missing')}
        value={<Count value={device.missingCount} />}
        {...(device.missingCount > 0 && { tone: 'orange' })}
        hint={t('contiguous', { seq: format.integer(device.contiguous), max: format.integer(device.maxSeq) })}
      />
      <Figure
        label={t('firmware')}
        value={told.firmware ?? '–'}
        hint={told.signal === undefined ? '' : `${t('signal')} ${told.signal} dBm`}
      />
    </div>
  );
}

function Care({ device }: { device: Detail }): ReactElement | null {
  const t = useT();
  const officer = useIsOfficer();
  const administrator = useMe().role === 'administrator';
  const params = { deviceId: device.deviceId };
  if (!officer) return null;
  return (
    <Group gap="xs" className="no-print">
      <Action
        label={t('message')}
        method="POST"
        path="/api/v1/devices/{deviceId}/message"
        params={params}
        fields={[{ name: 'text', label: t('text'), required: true }]}
        button={{ variant: 'light' }}
      />
      {device.locked ? (
        <Action
          label={t('unlock')}
          method="POST"
          path="/api/v1/devices/{deviceId}/unlock"
          params={params}
          button={{ variant: 'light' }}
        />
      ) : (
        <Action
          label={t('lock')}
          method="POST"
          path="/api/v1/devices/{deviceId}/lock"
          params={params}
          explanation={t('lockHint')}
          undo={{ method: 'POST', path: '/api/v1/devices/{deviceId}/unlock', params }}
          fields={[{ name: 'reason', label: t('reason') }]}
          dangerous
        />
      )}
      <Action
        label={t('syncConfig')}
        method="POST"
        path="/api/v1/devices/{deviceId}/sync-config"
        params={params}
        button={{ variant: 'light' }}
      />
      <Action
        label={t('assign')}
        method="POST"
        path="/api/v1/devices/{deviceId}/assign"
        params={params}
        fields={[
          { name: 'point', label: t('point'), lookup: 'point', required: true },
          { name: 'from', label: t('start'), type: 'datetime', required: true },
        ]}
        button={{ variant: 'light' }}
      />
      {administrator && <Rights device={device} />}
    </Group>
  );
}

/** Who may sign in as the terminal is the administrator's to say. */
function Rights({ device }: { device: Detail }): ReactElement {
  const t = useT();
  const params = { deviceId: device.deviceId };
  if (device.status === 'revoked')
    return <Action label={t('reinstate')} method="POST" path="/api/v1/devices/{deviceId}/reinstate" params={params} />;
  return (
    <>
      <Action
        label={t('rotate')}
        method="POST"
        path="/api/v1/devices/{deviceId}/rotate"
        params={params}
        query={{ qr: 'svg' }}
        explanation={t('rotateHint')}
        body={() => ({})}
        dangerous
        result={(answer) => <Credentials given={answer as Schemas['CredentialsDto']} />}
      />
      <Action
        label={t('revoke')}
        method="POST"
        path="/api/v1/devices/{deviceId}/revoke"
        params={params}
        explanation={t('revokeHint')}
        undo={{ method: 'POST', path: '/api/v1/devices/{deviceId}/reinstate', params }}
        dangerous
      />
    </>
  );
}
