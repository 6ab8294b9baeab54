import type { ReactElement } from 'react';
import { useIsOfficer } from '../../app/me';
import { Action } from '../../parts/action';
import type { Schemas } from '../../parts/api';
import { countColumn, instantColumn, textColumn } from '../../parts/columns';
import { DataTable, type Column } from '../../parts/data-table';
import { CsvImport } from '../../parts/import';
import { useT } from './texts';

type Point = Schemas['PointDto'];

const COLUMNS =
  'code,name,street,district,subdistrict,streetClass,operator,latitude,longitude,motorcycle,car,opens,closes';

export function Points(): ReactElement {
  const t = useT();
  const officer = useIsOfficer();
  const columns: Column<Point>[] = [
    textColumn('code', t('code'), ({ code }) => code),
    textColumn('name', t('name'), ({ name }) => name),
    textColumn('street', t('street'), ({ street }) => street),
    textColumn('district', t('district'), ({ district }) => district),
    textColumn('streetClass', t('streetClass'), ({ streetClass }) => streetClass),
    textColumn('operator', t('operator'), ({ operatorName }) => operatorName),
    countColumn('devices', t('devices'), ({ devices }) => devices),
    instantColumn('closedAt', t('closed'), ({ closedAt }) => closedAt, { hidden: true }),
  ];
  return (
    <DataTable
      label={t('points')}
      path="/api/v1/points"
      columns={columns}
      rowKey={({ code }) => code}
      link={({ code }) => `/points/${encodeURIComponent(code)}`}
      filters={[
        { id: 'search', label: t('search'), type: 'search' },
        { id: 'district', label: t('district') },
        { id: 'operator', label: t('operator'), lookup: 'operator' },
        { id: 'streetClass', label: t('streetClass') },
      ]}
      tools={
        officer && (
          <>
            <CsvImport label={t('importPoints')} path="/api/v1/points/import" columns={COLUMNS} />
            <AddPoint />
          </>
        )
      }
    />
  );
}

function AddPoint(): ReactElement {
  const t = useT();
  return (
    <Action
      label={t('addPoint')}
      method="POST"
      path="/api/v1/points"
      fields={[
        { name: 'code', label: t('code'), required: true },
        { name: 'name', label: t('name'), required: true },
        { name: 'street', label: t('street') },
        { name: 'district', label: t('district') },
        { name: 'subdistrict', label: t('subdistrict') },
        { name: 'streetClass', label: t('streetClass') },
        { name: 'operator', label: t('operator'), lookup: 'operator' },
      ]}
    />
  );
}
