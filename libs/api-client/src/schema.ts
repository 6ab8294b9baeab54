/** Made from docs/api/openapi.json by `npm run docs`. Do not change it by hand. */
export interface paths {
    "/api/v1/reports/monthly": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The month, in Indonesian, gross: the road of the money a day, point and operator, targets, exceptions, cases. */
        get: operations["Reports_monthly"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/journal-export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole journal as NDJSON, signed. It holds no secret key. `npm run verify-journal` proves it. */
        get: operations["JournalExport_journal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/journal-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The keys that prove the records' MACs, sealed under a passphrase. Whoever opens them could also forge records. */
        post: operations["JournalExport_keys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Targets with all their revisions. A target is a report line, never an expectation. */
        get: operations["Targets_targets"];
        put?: never;
        /** Enters a target; where its source has one for that period already, as the next revision. */
        post: operations["Targets_enterTarget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/targets/realisation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What came in of each source's target, for the year and its months. */
        get: operations["Targets_realisation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ticket-ranges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ticket stock: who has which numbers, and how many were used. */
        get: operations["Tickets_ticketRanges"];
        put?: never;
        /** Issues new tickets. Numbers that are in the stock already are refused. */
        post: operations["Tickets_issue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ticket-ranges/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to a range, the newest first. */
        get: operations["Tickets_ticketEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ticket-ranges/{id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes unused tickets back, all of a range or a part. */
        post: operations["Tickets_returned"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ticket-ranges/{id}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Declares tickets void (lost, damaged, stolen), all of a range or a part. */
        post: operations["Tickets_voided"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ticket-ranges/{id}/issue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Issues returned tickets anew. */
        post: operations["Tickets_reissued"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/holidays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Days on which nobody has to hand money in. */
        get: operations["Holidays_holidays"];
        put?: never;
        /** Adds a holiday; deadlines that it moves are judged again. */
        post: operations["Holidays_addHoliday"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/holidays/{day}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["Holidays_removeHoliday"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One line a shift: recorded, counted, difference, as reconciliation last saw it; with the sums of all lines. */
        get: operations["Shifts_shifts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/collections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One line a meter's collection: register, counted, difference, number; with the sums of all lines. */
        get: operations["Shifts_collections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator-statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Monthly statements with their revisions; a clerk sees the own operator's. */
        get: operations["OperatorMoney_statements"];
        put?: never;
        /** Makes the statement of a month that is over, where it would say something new. */
        post: operations["OperatorMoney_makeStatement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator-statements/{operator}/{month}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One statement with its lines, as JSON, CSV, XLSX or PDF. */
        get: operations["OperatorMoney_statement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/security-deposits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Security deposits paid in; a clerk sees the own operator's. */
        get: operations["OperatorMoney_securityDeposits"];
        put?: never;
        /** Books a security deposit. The same one again changes nothing. */
        post: operations["OperatorMoney_securityDeposit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/arrears": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who owes the city: attendants for short shifts, operators for days below the minimum. */
        get: operations["OperatorMoney_arrears"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rule-books": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every rule book there was, the one in force first. */
        get: operations["Rules_ruleBooks"];
        put?: never;
        /** Puts new rules in force, as a new version. */
        post: operations["Rules_adopt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliation/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What exceptions would appear, disappear or change under other rules. Changes nothing; one at a time. */
        post: operations["Rules_dryRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/about": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which city this is, whether what it shows is simulated, and where its map's ground comes from. */
        get: operations["Overview_about"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/points-overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Points with what the period brought, for a map or a table. */
        get: operations["Overview_points"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/points-overview/sums": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sums over all points that the same filter shows. */
        get: operations["Overview_sums"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/income/hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What each hour of a point's days brought, at most 100 days. */
        get: operations["Overview_hours"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Server-sent events: `state` with today's income, open cases, exceptions and alarms whenever one of them changes,
         *     `beat` every 15 s. Each is the whole state. Read it with fetch, for the token travels in the header.
         */
        get: operations["Overview_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/saved-views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The views of lists that you have saved. */
        get: operations["Overview_views"];
        put?: never;
        /** Saves a view; one of the same name is replaced. */
        post: operations["Overview_save"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/saved-views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["Overview_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suspicions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Statistical suspicions, the newest first: leads with evidence, never verdicts; exact exceptions are elsewhere. */
        get: operations["Detection_suspicions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/expectations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Recorded against expected, with the interval that honest days fall into 90 % of the time. */
        get: operations["Detection_expectations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/potentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What points should have earned, day by day, with its range. */
        get: operations["Detection_potentials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/detector/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Maintenance tickets, calendar notes and notes on data: honest causes that the detector found. */
        get: operations["Detection_notes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/detector/notes/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The cause is gone: the device works again, the street is open. */
        post: operations["Detection_closeNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/detector/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Detection_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** New settings from the next assessment on; what was assessed before keeps the version it was made with. */
        patch: operations["Detection_changeSettings"];
        trace?: never;
    };
    "/api/v1/detector/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How good the detector is: false cases by officers' verdicts against what was promised, and recall of planted thefts. */
        get: operations["Detection_quality"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/detector/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Assessments, the newest first: with what engine, settings and input. */
        get: operations["Detection_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendar-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events, road works, closures and the like: honest causes of unusual days. Public holidays are in `holidays`. */
        get: operations["Detection_events"];
        put?: never;
        post: operations["Detection_createEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendar-events/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes events over from a CSV file, all or none: school terms, rainy days, road works. With `dryRun=true` it only
         *     tells what would happen. Columns: kind, name, from, to, optionally district or point (neither: the whole city).
         */
        post: operations["Detection_importEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendar-events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["Detection_withdrawEvent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/field-counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Field counts (uji petik) as they stand, the newest first: entered by officers, imported, and from devices. */
        get: operations["FieldCounts_list"];
        put?: never;
        /** Enters a field count: vehicles seen at a point in a stretch of time. */
        post: operations["FieldCounts_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/field-counts/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes field counts over from a CSV file, all or none. With `dryRun=true` it only tells what would happen. A row a
         *     stretch of time; columns: point, date, from, to (HH:MM), optionally team and note, and per vehicle class its
         *     arrivals (motorcycle, car, …), exempt of them (motorcycleExempt, …) and spaces taken (motorcycleOccupied, …).
         */
        post: operations["FieldCounts_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/field-counts/{id}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every revision of a count, the newest first. */
        get: operations["FieldCounts_revisions"];
        put?: never;
        /** Corrects or withdraws a count: a new revision; the ones before stay. */
        post: operations["FieldCounts_revise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/field-count-plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Plans of field counts, the newest day first. */
        get: operations["FieldCounts_plans"];
        put?: never;
        post: operations["FieldCounts_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/field-count-plans/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["FieldCounts_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/field-count-plans/proposal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the people at hand would learn or recover most on a day, how many a point takes, and why. Nothing is stored: plan what you take from it. */
        get: operations["FieldCounts_proposal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/acquirers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The acquirers and what is agreed with them; their secrets are never shown. */
        get: operations["Acquirers_list"];
        put?: never;
        /** Registers an acquirer; terminals are offered its codes from the next request on. */
        post: operations["Acquirers_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/acquirers/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Acquirers_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes what is given, in force at once: keys are rotated, an acquirer is switched off. */
        patch: operations["Acquirers_change"];
        trace?: never;
    };
    "/api/v1/qris-orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders of terminals for dynamic codes, the newest first. */
        get: operations["Acquirers_orders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/snap-notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Notices of acquirers (SNAP service 52), the newest first, with those that were turned down. */
        get: operations["Acquirers_notices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Unresolved first, the worst first. */
        get: operations["Cases_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/assignees": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may be given a case. */
        get: operations["Cases_assignees"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One case with its whole history. Its exceptions: `GET /exceptions?caseId=`. */
        get: operations["Cases_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/moves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Moves a case. 409 when somebody moved it meanwhile, or where it stands does not allow the move. */
        post: operations["Cases_move"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keeps a file with the case, at most 700 KB. */
        post: operations["Cases_attach"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/attachments/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file of the case, as it came. */
        get: operations["Cases_attachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/waterfall": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The road of the money: recorded, settled, deposited, and the gaps between, by the payment's own business day. */
        get: operations["Money_waterfall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exceptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What does not add up, exactly. An operator's clerk sees what is about the operator and the points it ran that day. */
        get: operations["Money_exceptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{device}/{epoch}/{seq}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A journal record as it was received. */
        get: operations["Money_record"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deposits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cash handed over (TBP), the newest day first. */
        get: operations["Money_deposits"];
        put?: never;
        /** Books cash handed over for a business day. The same one again changes nothing. */
        post: operations["Money_deposit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deposit-slips": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Deposit slips (STS), the newest day first. */
        get: operations["Money_slips"];
        put?: never;
        /** Writes a deposit slip and binds the hand-overs, or the acquirers' batches, that it takes to the treasury account. */
        post: operations["Money_slip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deposit-slips/{number}/credit-note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The bank's credit note for a slip: its money is final. */
        post: operations["Money_creditNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger/balances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Balances of the ledger, as the books knew them at an instant. All accounts together are 0. */
        get: operations["Money_balances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Files that came, the newest first. */
        get: operations["Settlements_list"];
        put?: never;
        /**
         * Takes a settlement file. 201: imported. 200: this very file came before, nothing changed; or a preview (`dryRun`).
         *     202: still at work after `wait` seconds, look at `GET /settlements/{id}`. 400, 409: nothing was booked, the file is
         *     kept.
         */
        post: operations["Settlements_upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One file: how far its import has come, and what it found. */
        get: operations["Settlements_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements/{id}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is wrong in which line. The first 10,000 are kept. */
        get: operations["Settlements_errors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlement-rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lines of settlement files, by the payment's business day, the newest first. */
        get: operations["Settlements_rows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlement-batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Acquirers' batches, the newest settlement day first: what each settled, its payout, and the slip that takes it on. */
        get: operations["Settlements_batches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bank-statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Statements that came, the newest first. */
        get: operations["Bank_list"];
        put?: never;
        /** Takes a bank statement; answers as `POST /settlements` does. Credit notes find their slips by reference. */
        post: operations["Bank_upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bank-statements/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Bank_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bank-statements/{id}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is wrong in which line. The first 10,000 are kept. */
        get: operations["Bank_errors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bank-entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Entries of bank statements, the newest first, with what explains them. */
        get: operations["Bank_entries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bank-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts into which money comes. */
        get: operations["Bank_accounts"];
        put?: never;
        /** Names an account, and says whether it is the treasury account. 409 when its entries were booked as the other kind. */
        post: operations["Bank_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exact findings of integrity: conflicts, broken chains, voids without effect, gaps that stay. */
        get: operations["Watch_findings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alarms; an operator's clerk sees those of the own points and devices. */
        get: operations["Watch_alarms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alarms/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Somebody looks after it. */
        post: operations["Watch_acknowledge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alarms/{id}/clear": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** It is over. When its cause is not, it is raised anew. */
        post: operations["Watch_clear"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, newest first. */
        get: operations["Watch_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-log/head": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest link of the audit log's hash chain: note it down elsewhere, and `npm run verify-audit` holds the log to it. */
        get: operations["Watch_head"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who looked at personal data, newest first. */
        get: operations["Watch_accesses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Users_list"];
        put?: never;
        /** A new user, with a password made here, which signs in for three days and must be changed first of all. */
        post: operations["Users_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes a user. A change of role or operator, or disabling, ends the user's sessions. */
        patch: operations["Users_change"];
        trace?: never;
    };
    "/api/v1/users/{username}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a user a new password, made and temporary as the first one is, and ends the user's sessions. */
        post: operations["Users_resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{username}/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes the authenticator of a user who lost it and the recovery codes too. Ends the user's sessions. */
        delete: operations["Users_removeTotp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sessions of all users, or of one. */
        get: operations["Users_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["Users_endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tariffs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tariffs that were, are and will be in force. */
        get: operations["Tariffs_list"];
        put?: never;
        /**
         * Enters a tariff, in force now or later. The open-ended one of the same vehicle class and scope (point, street class
         *     or city) ends where it begins; terminals get it with their next configuration.
         */
        post: operations["Tariffs_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tariffs/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Tariffs_find"];
        put?: never;
        post?: never;
        /** Takes back a tariff that is not in force yet; the one that was to end where it began goes on. */
        delete: operations["Tariffs_withdraw"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tariffs/{code}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a tariff earlier. Its amount never changes: another one follows it. */
        post: operations["Tariffs_end"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Subscriptions. Plates are kept as keyed hashes only and can not be told. */
        get: operations["Subscriptions_list"];
        put?: never;
        post: operations["Subscriptions_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/subscriptions/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The subscriptions of one plate. The plate comes in the body, so that no log of addresses holds it. */
        post: operations["Subscriptions_search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/subscriptions/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Subscriptions_end"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The operators; a clerk sees the own one. */
        get: operations["Operators_list"];
        put?: never;
        post: operations["Operators_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operators/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Operators_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["Operators_change"];
        trace?: never;
    };
    "/api/v1/point-operators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who ran, runs and will run which points, under which contract. */
        get: operations["Operators_pointOperators"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contracts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The contracts with operators; a clerk sees the own operator's. */
        get: operations["Operators_contracts"];
        put?: never;
        post: operations["Operators_createContract"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contracts/{number}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a contract. Its terms never change: a new contract follows it. */
        post: operations["Operators_endContract"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/free-zones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where and when no fee may be charged. */
        get: operations["FreeZones_list"];
        put?: never;
        post: operations["FreeZones_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/free-zones/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["FreeZones_end"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/assignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the device worked, works and will work. */
        get: operations["DeviceCare_assignments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Moves the device to another point. Records belong to the point of their own time, also when they come later. */
        post: operations["DeviceCare_assign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/lock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tells the terminal to take no more payments. */
        post: operations["DeviceCare_lock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["DeviceCare_unlock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/sync-config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tells the terminal to read its configuration anew. */
        post: operations["DeviceCare_syncConfig"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/message": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Shows the attendant a text. */
        post: operations["DeviceCare_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks for records again. Gaps are asked for without it. */
        post: operations["DeviceCare_resend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The commands the device was given, newest first, and what became of them. */
        get: operations["DeviceCare_commands"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/gaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What has not come from the device. */
        get: operations["DeviceCare_gaps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the device journalled, newest first; a clerk sees the days on which the operator ran the point. */
        get: operations["DeviceCare_journal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/journal/{epoch}/{seq}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One record, whole, as the terminal sealed it. */
        get: operations["DeviceCare_record"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attendants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The attendants; a clerk sees the own operator's and those who work at its points. */
        get: operations["Attendants_list"];
        put?: never;
        post: operations["Attendants_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attendants/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Attendants_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes an attendant. Withdrawing the badge ends the assignments. */
        patch: operations["Attendants_change"];
        trace?: never;
    };
    "/api/v1/assignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who worked, works and will work where. */
        get: operations["Attendants_assignments"];
        put?: never;
        /** Assigns an attendant to a point. */
        post: operations["Attendants_assign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assignments/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Attendants_endAssignment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Signs in: an access token in the answer, and a refresh token in an HttpOnly cookie. Who has an authenticator sends
         *     its code too (401 `totp-required` without). After ten wrong tries the pair of user name and address must wait (429,
         *     `Retry-After`).
         */
        post: operations["Auth_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new access token for the refresh token in the cookie, which is replaced. A refresh token that was used up before
         *     ends the session.
         */
        post: operations["Auth_refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the session of this token. */
        post: operations["Auth_logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who this token belongs to. */
        get: operations["Auth_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes the own password and ends all other sessions. */
        post: operations["Auth_changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to the own password, authenticator, role and sessions, newest first; sign-ins from new addresses. */
        get: operations["Auth_notices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/notices/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** These notices were seen. */
        post: operations["Auth_noticesSeen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The own sessions. */
        get: operations["Auth_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends one of the own sessions. */
        delete: operations["Auth_endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/totp/enrol": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Offers a new secret for an authenticator, as text and as QR. It counts once its first code is confirmed. */
        post: operations["Totp_enrol"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirms the offered secret by its first code: from now on each sign-in needs one. Ends all other sessions. */
        post: operations["Totp_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/totp/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Removes the own authenticator and its recovery codes, with password and code. Ends all other sessions. */
        post: operations["Totp_remove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The devices; an operator's clerk sees those at the points which the operator runs today. */
        get: operations["Devices_list"];
        put?: never;
        /** Registers a device and gives its credentials, once. */
        post: operations["Devices_register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One device: presence, epoch, and what of its journal has come. */
        get: operations["Devices_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Registers a maker's batch from a CSV file with the columns deviceId, kind, point and optionally model, publicKey;
         *     all or none. With `dryRun=true` it only tells what would happen. The answer holds the credentials, once.
         */
        post: operations["Devices_registerBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** New password, new key, next epoch; the live connection is closed. Spooled records of earlier epochs still count. */
        post: operations["Devices_rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Shuts the device out: closes its connection at once and refuses the next. */
        post: operations["Devices_revoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/reinstate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets a revoked device in again, with the credentials it had; rotate it afterwards if they may be known. */
        post: operations["Devices_reinstate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process runs. */
        get: operations["Health_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 200 when requests can be served: the database answers and has the schema this program knows; else 503. */
        get: operations["Health_ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures for Prometheus. */
        get: operations["Health_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/income": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Income by each payment's own business day: gross, voided payments left out, test money left out. Filters have the
         *     names of the dimensions and may be repeated. Unpaged; at most 3,700 days.
         */
        get: operations["Income_income"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The parking points; an operator's clerk sees those which the operator runs today. */
        get: operations["Points_list"];
        put?: never;
        /** Registers a point. Its street class, hours and operator hold from the beginning of time on. */
        post: operations["Points_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/points/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Points_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes what is said of a point. Its code stays: records name it. A street class holds from `streetClassFrom` on; days
         *     that are over look again, and statements of past months follow by correcting entries.
         */
        patch: operations["Points_change"];
        trace?: never;
    };
    "/api/v1/points/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes points over from a CSV file, all or none. With `dryRun=true` it only tells what would happen. Columns: code,
         *     name, and optionally street, district, subdistrict, streetClass, operator, latitude, longitude (degrees),
         *     coordinatesSource, geofenceRadiusMetres, spaces per vehicle class (motorcycle, car, …), opens, closes (HH:MM).
         */
        post: operations["Points_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/points/{code}/street-classes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The classes that the point's street has had, has and will have. */
        get: operations["Points_streetClasses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/points/{code}/hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The timetables the point has had, has and will have. */
        get: operations["Points_hours"];
        put?: never;
        /** A new timetable from a day on; the one before ends there. */
        post: operations["Points_setHours"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/points/{code}/operator": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives the point to an operator from a day on; who ran it before does so until there. */
        post: operations["Points_setOperator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/points/{code}/operator/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The city runs the point itself from a day on. */
        post: operations["Points_endOperator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What terminals sent that could not be accepted, newest first. */
        get: operations["Quarantine_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/quarantine/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Quarantine_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/quarantine/{id}/bytes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The bytes as they came. */
        get: operations["Quarantine_bytes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/quarantine/{id}/reprocess": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends the bytes through the gateway's checks again, after whatever made them unacceptable was mended. What counts
         *     already stays counted once. 409 when they still cannot be accepted, or were reprocessed before; 503 when no gateway
         *     runs: it alone may write the journal.
         */
        post: operations["Quarantine_reprocess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        JournalKeysDto: Record<string, never>;
        JournalKeyFileDto: {
            scrypt: {
                [key: string]: unknown;
            };
        };
        TargetDto: {
            id: number;
            year: number;
            /** @description null for the whole year. */
            month: number | null;
            source: string;
            /** @description 1 for the first; a change is the next revision. */
            revision: number;
            amount: number;
            note: string;
            newest: boolean;
            enteredBy: string;
            enteredAt: string;
        };
        CreateTargetDto: {
            year: number;
            /** @description 1 to 12; left out or null for the whole year. */
            month?: number | null;
            /** @description Which office, by which paper. */
            source: string;
            /** @description Rupiah, gross. */
            amount: number;
            /** @default  */
            note: string;
        };
        TargetRealisedDto: {
            source: string;
            revision: number;
            /** @description What was wanted, in rupiah. */
            amount: number;
            /** @description What came in of it, in hundredths of a percent (10,000 = all); null for a target of 0. */
            recordedBp: number | null;
            settledBp: number | null;
            depositedBp: number | null;
        };
        RealisationRowDto: {
            /** @description null for the whole year. */
            month: number | null;
            /** @description Rupiah, gross, by the payment's own business day, as the waterfall says. */
            recorded: number;
            settled: number;
            deposited: number;
            targets: components["schemas"]["TargetRealisedDto"][];
        };
        RealisationDto: {
            year: number;
            /** @description The whole year, then its months. */
            rows: components["schemas"]["RealisationRowDto"][];
        };
        TicketRangeDto: {
            /** @enum {string} */
            state: "issued" | "returned" | "voided";
            id: number;
            /** @description What stands before the number on every ticket. */
            prefix: string;
            from: number;
            to: number;
            /** @description Who may use them; null: anybody. */
            attendant: string | null;
            issuedOn: string;
            /** @description Day on which they were returned or voided. */
            closedOn: string | null;
            tickets: number;
            /** @description Tickets on payments that were not voided. */
            used: number;
        };
        TicketSumsDto: {
            tickets: number;
            used: number;
        };
        TicketEventDto: {
            detail: {
                [key: string]: unknown;
            };
            id: number;
            at: string;
            actor: string;
            /** @description `issued`, `returned`, `voided`, or `split` into parts. */
            change: string;
        };
        IssueTicketsDto: {
            prefix: string;
            from: number;
            to: number;
            /** @description Code; null: anybody may use them. */
            attendant?: string | null;
            issuedOn: string;
        };
        IdDto: {
            id: number;
        };
        ChangeTicketsDto: {
            /** @description First number of the part; left out: of the range. */
            from?: number;
            /** @description Last number of the part; left out: of the range. */
            to?: number;
            /** @description The day it happened on. */
            on: string;
            /** @default  */
            reason: string;
        };
        ReissueTicketsDto: {
            /** @description First number of the part; left out: of the range. */
            from?: number;
            /** @description Last number of the part; left out: of the range. */
            to?: number;
            /** @description The day it happened on. */
            on: string;
            /** @default  */
            reason: string;
            /** @description Who gets them; null: anybody may use them. */
            attendant?: string | null;
        };
        HolidayDto: {
            day: string;
            name: string;
        };
        ShiftDto: {
            shift: string;
            attendant: string;
            openedAt: string;
            closedAt: string | null;
            floatAmount: number;
            /** @description What the attendant declared, as declared. */
            declaredAmount: number | null;
            /** @description No record of the terminal is missing. */
            complete: boolean;
            businessDate: string;
            point: string;
            district: string;
            /** @description Who ran the point that day; null: the city itself. */
            operator: string | null;
            device: string;
            /** @description What the terminal recorded, in rupiah. */
            terminalAmount: number;
            /** @description What was counted, less the float; null while nobody has. */
            countedAmount: number | null;
            /** @description Counted less recorded: negative is short. */
            difference: number | null;
        };
        CashSumsDto: {
            terminalAmount: number;
            countedAmount: number;
            difference: number;
        };
        CollectionDto: {
            number: number;
            collector: string;
            at: string;
            /** @description `device/epoch/seq`. */
            record: string;
            businessDate: string;
            point: string;
            district: string;
            /** @description Who ran the point that day; null: the city itself. */
            operator: string | null;
            device: string;
            /** @description What the terminal recorded, in rupiah. */
            terminalAmount: number;
            /** @description What was counted, less the float; null while nobody has. */
            countedAmount: number | null;
            /** @description Counted less recorded: negative is short. */
            difference: number | null;
        };
        StatementDto: {
            operator: string;
            month: string;
            /** @description 0 for the first, then one more with each correction. */
            revision: number;
            newest: boolean;
            /** @description Rupiah, recorded at the points the operator ran. */
            gross: number;
            city: number;
            attendant: number;
            operatorShare: number;
            /** @description Gross that no contract covers: shared with nobody. */
            withoutTerms: number;
            madeAt: string;
        };
        StatementSumsDto: {
            gross: number;
            city: number;
            attendant: number;
            operatorShare: number;
            withoutTerms: number;
        };
        RequestStatementDto: {
            operator: string;
            month: string;
        };
        MadeStatementDto: {
            /** @description The new revision; null where the newest says the same already. */
            revision: number | null;
        };
        ShareLineDto: {
            point: string;
            streetClass: string;
            /** @description First day of the terms. */
            termsFrom: string;
            gross: number;
            city: number;
            attendant: number;
            operator: number;
        };
        StatementDetailDto: {
            operator: string;
            month: string;
            /** @description 0 for the first, then one more with each correction. */
            revision: number;
            newest: boolean;
            /** @description Rupiah, recorded at the points the operator ran. */
            gross: number;
            city: number;
            attendant: number;
            operatorShare: number;
            /** @description Gross that no contract covers: shared with nobody. */
            withoutTerms: number;
            madeAt: string;
            lines: components["schemas"]["ShareLineDto"][];
        };
        SecurityDepositDto: {
            enteredBy: string;
            enteredAt: string;
            operator: string;
            /** @description Number on the paper. */
            reference: string;
            /** @description From this day on it covers shortfalls. */
            businessDate: string;
            /** @description Rupiah. */
            amount: number;
            treasuryAccount: string;
        };
        AmountSumDto: {
            amount: number;
        };
        CreateSecurityDepositDto: {
            operator: string;
            /** @description Number on the paper. */
            reference: string;
            /** @description From this day on it covers shortfalls. */
            businessDate: string;
            /** @description Rupiah. */
            amount: number;
            treasuryAccount: string;
        };
        ArrearsDto: {
            /** @enum {string} */
            debtorKind: "attendant" | "operator" | "collector" | "treasurer";
            debtor: string;
            name: string | null;
            /** @description What is owed, in rupiah; negative where more was paid than owed. */
            amount: number;
            /** @description What is left of an operator's security deposit. */
            securityDeposit: number;
            /** @description Business day of the oldest entry that stands. */
            since: string;
        };
        ChannelRuleDto: {
            /** @description What joins a record and a settlement line. */
            keys: ("orderId" | "rrn" | "card")[];
            /** @description Rupiah still called equal, per group. */
            toleranceRupiah: number;
            /** @description Calendar days within which the acquirer settles. */
            settlementDaysMax: number;
            /** @description Calendar days within which a settled payment's record may still come. */
            recordDaysMax: number;
            /** @description Calendar days within which a void's refund may still come. */
            refundDaysMax: number;
        };
        ChannelRulesDto: {
            qris: components["schemas"]["ChannelRuleDto"];
            card: components["schemas"]["ChannelRuleDto"];
        };
        PayoutRuleDto: {
            /** @description An acquirer's code, or `*` for the others. */
            acquirer: string;
            toleranceRupiah: number;
            /** @description Calendar days within which the bank credits. */
            creditDaysMax: number;
        };
        CashRuleDto: {
            shiftToleranceRupiah: number;
            /** @description Attendants count the float in. */
            floatInDeclared: boolean;
            shiftHoursMax: number;
            collectionToleranceRupiah: number;
            depositToleranceRupiah: number;
            /** @description Working days within which cash must reach the treasurer, and then the bank. */
            depositWorkingDaysMax: number;
            /** @description Working days within which the credit note must come. */
            creditNoteWorkingDaysMax: number;
        };
        IntegrityRuleDto: {
            /** @description A younger gap may still be filled. */
            gapHoursMax: number;
        };
        RulesDto: {
            /** @description A name nobody used before; it stands on every match and exception. */
            version: string;
            channels: components["schemas"]["ChannelRulesDto"];
            /** @description One row must be for `*`. */
            payouts: components["schemas"]["PayoutRuleDto"][];
            cash: components["schemas"]["CashRuleDto"];
            integrity: components["schemas"]["IntegrityRuleDto"];
        };
        RuleBookDto: {
            version: string;
            /** @description The one that days are reconciled by from now on. */
            inForce: boolean;
            rules: components["schemas"]["RulesDto"];
            enteredBy: string;
            /** @description null for the one to begin with. */
            enteredAt: string | null;
        };
        AdoptRulesDto: {
            rules: components["schemas"]["RulesDto"];
            /** @description Days from here on that were reconciled by earlier rules are looked at again; left out: none. */
            lookAgainFrom?: string;
        };
        DryRunOptions: {
            rules: components["schemas"]["RulesDto"];
            /** @description First business day, inclusive. */
            from: string;
            /** @description Last business day, inclusive. */
            to: string;
        };
        DryRunSumDto: {
            count: number;
            /** @description Rupiah at stake. */
            amount: number;
        };
        DryRunPatternDto: {
            pattern: string;
            appeared: number;
            gone: number;
            changed: number;
        };
        ExceptionFindingDto: {
            /** @enum {string} */
            state: "expected" | "mismatched";
            id: string;
            pattern: string;
            subjectKind: string;
            subject: string;
            businessDate: string;
            /** @description Rupiah at stake. */
            amount: number;
            point: string | null;
            device: string | null;
            attendant: string | null;
            record: string | null;
            settlement: string | null;
            dueAt: string | null;
        };
        DryRunDto: {
            /** @description Version of the rules in force. */
            against: string;
            days: number;
            before: components["schemas"]["DryRunSumDto"];
            after: components["schemas"]["DryRunSumDto"];
            /** @description How many of each pattern would change. */
            patterns: components["schemas"]["DryRunPatternDto"][];
            /** @description The first of each kind; `patterns` counts all. */
            appeared: components["schemas"]["ExceptionFindingDto"][];
            gone: components["schemas"]["ExceptionFindingDto"][];
            /** @description As they would be. */
            changed: components["schemas"]["ExceptionFindingDto"][];
        };
        MapTilesDto: {
            /** @description Address of a raster tile, with `{z}`, `{x}` and `{y}` in it. */
            tiles: string;
            /** @description Who made the map; may be empty. */
            credit: string;
        };
        AboutDto: {
            /** @description Of the city. */
            name: string;
            /** @description The registry is the demo city's: terminals and payments are simulated, coordinates illustrative. */
            simulated: boolean;
            /** @description null: points are drawn on plain ground. */
            map: components["schemas"]["MapTilesDto"] | null;
        };
        PointOverviewDto: {
            code: string;
            name: string;
            street: string;
            district: string;
            streetClass: string | null;
            operator: string | null;
            latitudeMicrodegrees: number | null;
            longitudeMicrodegrees: number | null;
            /** @enum {string} */
            coordinatesSource: "none" | "illustrative" | "surveyed";
            count: number;
            /** @description Rupiah of the period, as the waterfall counts them. */
            recorded: number;
            cashRecorded: number;
            potential: number | null;
            settled: number;
            deposited: number;
            unrecorded: number | null;
            unsettled: number;
            undeposited: number;
            openCases: number;
            devices: number;
            lastJournalAt: string | null;
        };
        PointOverviewSumsDto: {
            points: number;
            count: number;
            recorded: number;
            potential: number | null;
            unrecorded: number | null;
            settled: number;
            deposited: number;
            unsettled: number;
            undeposited: number;
            openCases: number;
        };
        HourDto: {
            date: string;
            hour: number;
            count: number;
            amount: number;
        };
        SavedViewDto: {
            id: number;
            savedAt: string;
            screen: string;
            name: string;
            /** @description What stands behind the `?` of the screen's address. */
            search: string;
        };
        SaveViewDto: {
            screen: string;
            name: string;
            /** @description What stands behind the `?` of the screen's address. */
            search: string;
        };
        RangeDto: {
            /** @description Rupiah. */
            low: number;
            mid: number;
            high: number;
        };
        BothLanguagesDto: {
            /** @description Indonesian. */
            id: string;
            en: string;
        };
        SuspicionDto: {
            evidence: {
                [key: string]: unknown;
            }[];
            id: string;
            point: string | null;
            device: string | null;
            attendant: string | null;
            /** @description The pattern most likely. */
            pattern: string;
            from: string;
            to: string;
            /** @description Higher = more suspicious. */
            score: number;
            /** @description What may be missing in the period. */
            rupiahAtRisk: components["schemas"]["RangeDto"];
            explanation: components["schemas"]["BothLanguagesDto"];
            caseId: string | null;
            pointName: string | null;
            firstSeenAt: string;
            lastSeenAt: string;
            /** @description A later look no longer finds it. */
            withdrawnAt: string | null;
        };
        ExpectationDto: {
            point: string;
            date: string;
            /** @description null in a row of a whole day. */
            hour: number | null;
            /** @description Vehicles; null where nothing can be said yet. */
            expected: number | null;
            /** @description Honest days fall between lower and upper 90 % of the time. */
            lower: number | null;
            upper: number | null;
            recorded: number | null;
            /** @description Rupiah expected at the tariffs of the date; null in rows of an hour. */
            amount: number | null;
            amountLower: number | null;
            amountUpper: number | null;
            /** @description How suspicious the day is; null when it cannot be judged. */
            score: number | null;
            notes: string[];
            /** @description Counts the assessments of the day: late records make a new one. */
            version: number;
        };
        PotentialDto: {
            /**
             * @description The point's field counts, or, without any, its own past.
             * @enum {string}
             */
            basis: "field-count" | "expectation";
            classes: {
                [key: string]: unknown;
            }[];
            point: string;
            date: string;
            /** @description Rupiah. */
            low: number;
            mid: number;
            high: number;
            recorded: number;
            /** @description `mid` less what was recorded. */
            unrecorded: number;
            /** @description By how much the city's control days (points watched all day) lifted the expectation; 1: not at all. */
            controlFactor: number;
        };
        DetectionNoteDto: {
            /**
             * @description `maintenance`: a ticket for the workshop. `calendar`: a closure or event. `data`: what could not be judged, and why.
             * @enum {string}
             */
            kind: "maintenance" | "calendar" | "data";
            evidence: {
                [key: string]: unknown;
            }[];
            id: string;
            pattern: string;
            point: string | null;
            device: string | null;
            from: string;
            to: string;
            explanation: components["schemas"]["BothLanguagesDto"];
            firstSeenAt: string;
            lastSeenAt: string;
            closedAt: string | null;
            closedBy: string | null;
        };
        DetectorSettingsDto: {
            version: number;
            /** @description False cases that the city is ready to look into, a week, over all its points. */
            falseCasesPerWeek: number;
            recalibrateEveryDays: number;
            reason: string;
            enteredBy: string;
            enteredAt: string;
        };
        ChangeDetectorSettingsDto: {
            falseCasesPerWeek?: number;
            recalibrateEveryDays?: number;
            /** @description Why. */
            reason: string;
        };
        VerdictsDto: {
            /** @description Officers found a loss (confirmed, recovered, written off). */
            confirmed: number;
            /** @description Officers found an honest cause (explained, device fault): false cases. */
            refuted: number;
            /** @description Closed by the system itself, because a later look no longer found it. */
            withdrawn: number;
            /** @description Not judged yet. */
            open: number;
        };
        RateDto: {
            /** @description What the settings promise. */
            promised: number;
            /** @description Refuted cases a week; null while nothing was judged. */
            achieved: number | null;
            /** @description 90 % interval of the achieved rate. */
            lower: number | null;
            upper: number | null;
        };
        RecallDto: {
            pattern: string;
            /** @description Share of the occasions that the planted thief takes. */
            share: number;
            planted: number;
            found: number;
            /** @description Of those found: named by the right pattern. */
            named: number;
            /** @description Days until they were found, the first day of the theft counted as 1. */
            medianDays: number | null;
        };
        PlantedMonthDto: {
            recall: components["schemas"]["RecallDto"][];
            /** @description `YYYY-MM`. */
            month: string;
            engineVersion: string;
            settingsVersion: number;
            /** @description The recorded days that were planted into. */
            from: string;
            to: string;
            madeAt: string;
            planted: number;
            found: number;
        };
        CalibrationDto: {
            figures: {
                [key: string]: unknown;
            };
            at: string;
            engineVersion: string;
            settingsVersion: number;
            from: string;
            to: string;
            threshold: number | null;
        };
        DetectorQualityDto: {
            from: string;
            to: string;
            pointDays: number;
            cases: number;
            verdicts: components["schemas"]["VerdictsDto"];
            falseCasesPerWeek: components["schemas"]["RateDto"];
            falseCasesPerThousandPointDays: number | null;
            /** @description Thefts planted into copies of the city's own days, and how many of them the detector finds; of the newest month. */
            recall: components["schemas"]["RecallDto"][];
            /** @description The same month by month, the newest first. */
            months: components["schemas"]["PlantedMonthDto"][];
            /** @description The newest first. */
            calibrations: components["schemas"]["CalibrationDto"][];
        };
        DetectorRunDto: {
            date: string;
            version: number;
            engineVersion: string;
            settingsVersion: number;
            inputHash: string;
            stateHash: string;
            reason: string;
            ranAt: string;
            loadMs: number;
            engineMs: number;
            points: number;
            suspicions: number;
            notes: number;
        };
        CalendarEventDto: {
            /** @enum {string} */
            kind: "event" | "road-works" | "closure" | "school-holiday" | "ramadan" | "flood" | "rain" | "ordinary" | "moved" | "other";
            id: number;
            name: string;
            from: string;
            /** @description Inclusive. */
            to: string;
            /** @description Of a district; of a point; both null: of the whole city. */
            district: string | null;
            point: string | null;
            createdBy: string;
            createdAt: string;
        };
        CreateCalendarEventDto: {
            /** @enum {string} */
            kind: "event" | "road-works" | "closure" | "school-holiday" | "ramadan" | "flood" | "rain" | "ordinary" | "moved" | "other";
            name: string;
            from: string;
            /** @description Inclusive. */
            to: string;
            district?: string;
            point?: string;
        };
        RowFault: {
            /** @description Counted from 1, the header included. */
            line: number;
            field: string;
            message: string;
        };
        ImportDto: {
            /** @description Rows in the file. */
            rows: number;
            stored: number;
            /** @description What is wrong, by line; with any of them nothing is stored. */
            faults: components["schemas"]["RowFault"][];
        };
        FieldCountDto: {
            /** @description Vehicles seen, per vehicle class. */
            classes: {
                [key: string]: {
                    arrivals?: number;
                    exempt?: number;
                    departures?: number;
                    occupied?: number;
                };
            };
            id: string;
            /** @description Give it back with a correction. */
            revision: number;
            point: string;
            businessDate: string;
            from: string;
            to: string;
            /**
             * @description `device`: of a sensor, or of an officer who counted on a terminal.
             * @enum {string}
             */
            source: "device" | "officer" | "import";
            team: string;
            plan: number | null;
            note: string;
            withdrawn: boolean;
            /** @description Why it was corrected or withdrawn. */
            reason: string;
            /** @description `device/epoch/seq`: see `GET /records/{device}/{epoch}/{seq}`. */
            record: string | null;
            enteredBy: string;
            enteredAt: string;
        };
        CreateFieldCountDto: {
            /** @description Vehicles seen, per vehicle class. A class that is left out was not counted; one that was looked for and did not come is 0. */
            classes: {
                [key: string]: {
                    arrivals?: number;
                    exempt?: number;
                    departures?: number;
                    occupied?: number;
                };
            };
            /** @description Code of the point. */
            point: string;
            /** @description The plan it was made for. */
            plan?: number;
            from: string;
            /** @description Exclusive; at most 24 hours after `from`. */
            to: string;
            /** @description Who counted. */
            team?: string;
            note?: string;
        };
        FieldCountIdDto: {
            id: string;
        };
        ReviseFieldCountDto: {
            classes?: {
                [key: string]: {
                    arrivals?: number;
                    exempt?: number;
                    departures?: number;
                    occupied?: number;
                };
            };
            /** @description The revision that is corrected; 409 when there is a newer one. */
            revision: number;
            /** @description Why. */
            reason: string;
            /** @description Takes the count back; its history stays. */
            withdrawn?: boolean;
            from?: string;
            to?: string;
            team?: string;
            note?: string;
        };
        FieldCountPlanDto: {
            /** @enum {string} */
            state: "planned" | "counted" | "missed" | "cancelled";
            id: number;
            point: string;
            pointName: string;
            date: string;
            /** @description Hours of the day, `toHour` exclusive. */
            fromHour: number;
            toHour: number;
            people: number;
            team: string;
            /** @description Why this point: the planner's words, or the officer's. */
            reason: string;
            /** @description Counts that were entered for it. */
            counts: number;
            createdBy: string;
            createdAt: string;
        };
        CreateFieldCountPlanDto: {
            point: string;
            date: string;
            fromHour: number;
            /** @description Exclusive. */
            toHour: number;
            people: number;
            team?: string;
            reason?: string;
        };
        ProposalRowDto: {
            rank: number;
            point: string;
            pointName: string;
            fromHour: number;
            toHour: number;
            /** @description Who must go: one who leads, and one for each 60 vehicles of the busiest hour. */
            people: number;
            /** @description Rupiah a month that the count is expected to make certain or bring back. */
            value: number;
            /** @description The parts of the value. */
            uncertainty: number;
            suspicion: number;
            /** @description Days since the last count; null when there never was one. */
            lastCountDays: number | null;
            reason: components["schemas"]["BothLanguagesDto"];
        };
        ProposalDto: {
            date: string;
            teams: number;
            people: number;
            rows: components["schemas"]["ProposalRowDto"][];
        };
        PayeeDto: {
            id: string;
            point: string | null;
            name: string;
        };
        AcquirerDto: {
            /** @enum {string} */
            channel: "qris" | "card";
            /**
             * @description `snap` makes codes and answers for them; for `local` we make the code; `file` sends settlement files only.
             * @enum {string}
             */
            kind: "file" | "local" | "snap";
            /** @enum {string} */
            signature: "symmetric" | "asymmetric";
            /** @enum {string} */
            encoding: "base64" | "hex";
            code: string;
            name: string;
            /** @description Format of its settlement files. */
            adapter: string;
            active: boolean;
            partnerId: string;
            channelId: string;
            baseUrl: string;
            pathPrefix: string;
            merchantId: string;
            merchantName: string;
            merchantCity: string;
            /** @description Its RSA key (PEM). */
            publicKey: string;
            /** @description Its fee in basis points (1/10,000). */
            feeBp: number;
            /** @description Cut-offs of a day, `HH:MM` in Jakarta; empty: at midnight. */
            cutOffs: string[];
            /** @description Days from the cut-off's day to the payout. */
            settlementDays: number;
            collectingAccount: string;
            /** @description Merchant ids of ours (NMID, MID). */
            payees: components["schemas"]["PayeeDto"][];
            /** @description Secrets are kept sealed and never shown. */
            hasSecrets: boolean;
            createdAt: string;
            changedAt: string;
        };
        GivePayeeDto: {
            id: string;
            /** @description Code of the point whose codes pay it; absent or null: any point's. */
            point?: string | null;
            name?: string;
        };
        CreateAcquirerDto: {
            code: string;
            name?: string;
            /** @enum {string} */
            channel?: "qris" | "card";
            /** @enum {string} */
            kind?: "file" | "local" | "snap";
            /** @description Format of its settlement files: dana, canonical, synthetic-card. */
            adapter?: string;
            active?: boolean;
            /** @description X-PARTNER-ID, in both directions. */
            partnerId?: string;
            channelId?: string;
            /** @description Scheme, host and port of its API. */
            baseUrl?: string;
            pathPrefix?: string;
            merchantId?: string;
            /** @description In codes that we make (EMVCo tag 59). */
            merchantName?: string;
            merchantCity?: string;
            /** @enum {string} */
            signature?: "symmetric" | "asymmetric";
            /** @enum {string} */
            encoding?: "base64" | "hex";
            publicKey?: string;
            feeBp?: number;
            cutOffs?: string[];
            settlementDays?: number;
            collectingAccount?: string;
            /** @description Added to those that are there. */
            payees?: components["schemas"]["GivePayeeDto"][];
            /** @description Shared secret of the symmetric scheme. Goes in, never comes out. */
            secret?: string;
            /** @description Our RSA key (PEM). Goes in, never comes out. */
            privateKey?: string;
        };
        ChangeAcquirerDto: {
            name?: string;
            /** @enum {string} */
            channel?: "qris" | "card";
            /** @enum {string} */
            kind?: "file" | "local" | "snap";
            /** @description Format of its settlement files: dana, canonical, synthetic-card. */
            adapter?: string;
            active?: boolean;
            /** @description X-PARTNER-ID, in both directions. */
            partnerId?: string;
            channelId?: string;
            /** @description Scheme, host and port of its API. */
            baseUrl?: string;
            pathPrefix?: string;
            merchantId?: string;
            /** @description In codes that we make (EMVCo tag 59). */
            merchantName?: string;
            merchantCity?: string;
            /** @enum {string} */
            signature?: "symmetric" | "asymmetric";
            /** @enum {string} */
            encoding?: "base64" | "hex";
            publicKey?: string;
            feeBp?: number;
            cutOffs?: string[];
            settlementDays?: number;
            collectingAccount?: string;
            /** @description Added to those that are there. */
            payees?: components["schemas"]["GivePayeeDto"][];
            /** @description Shared secret of the symmetric scheme. Goes in, never comes out. */
            secret?: string;
            /** @description Our RSA key (PEM). Goes in, never comes out. */
            privateKey?: string;
        };
        QrisOrderDto: {
            /**
             * @description `unavailable`: no code was to be had. `refunded`: paid, and given back.
             * @enum {string}
             */
            state: "pending" | "paid" | "expired" | "failed" | "unavailable" | "refunded";
            orderId: string;
            device: string;
            point: string;
            acquirer: string;
            vehicleClass: string;
            /** @description Rupiah. */
            amount: number;
            createdAt: string;
            expiresAt: string;
            /** @description When its code was there. */
            offeredAt: string | null;
            paidAt: string | null;
            endedAt: string | null;
            /** @description When the terminal was last told of it. */
            toldAt: string | null;
            /** @description The provider's transaction. */
            referenceNo: string | null;
            rrn: string | null;
            /** @description How often the provider was asked what became of it. */
            queries: number;
            /** @description Why it ended without money. */
            why: string | null;
        };
        SnapNoticeDto: {
            /** @description `n…` was authentic, `r…` was turned down before anything in it was believed. */
            id: string;
            acquirer: string | null;
            receivedAt: string;
            externalId: string | null;
            /** @description What it said, or why it was turned down. */
            outcome: string;
            /** @description The SNAP code of our answer. */
            responseCode: string;
            orderId: string | null;
            flag: string | null;
            /** @description How often the same refused bytes came that day. */
            times: number;
        };
        CaseDto: {
            id: string;
            /** @enum {string} */
            kind: "suspicion" | "exception";
            pattern: string;
            subjectKind: string;
            subject: string;
            episode: number;
            state: string;
            outcome: string | null;
            severity: string;
            assignee: string | null;
            openedAt: string;
            dueAt: string;
            overdue: boolean;
            resolvedAt: string | null;
            escalations: number;
            amount: number;
            recovered: number;
            findings: number;
            from: string;
            to: string;
            point: string | null;
            operator: string | null;
            /** @description Give it back with a move. */
            version: number;
        };
        CaseSumsDto: {
            amount: number;
            recovered: number;
        };
        AssigneeDto: {
            username: string;
            displayName: string;
        };
        CaseEventDto: {
            /** @description `type` and what belongs to it (docs/CASES.md). */
            change: {
                [key: string]: unknown;
            };
            number: number;
            /** @description ms since 1970. */
            at: number;
            /** @description User name, or `system`. */
            actor: string;
        };
        AttachmentDto: {
            sha256: string;
            name: string;
            contentType: string;
            bytes: number;
            attachedAt: string;
            attachedBy: string;
        };
        CaseDetailDto: {
            /** @description Waits for a second person. */
            writeOff: {
                [key: string]: unknown;
            } | null;
            history: components["schemas"]["CaseEventDto"][];
            attachments: components["schemas"]["AttachmentDto"][];
            id: string;
            /** @enum {string} */
            kind: "suspicion" | "exception";
            pattern: string;
            subjectKind: string;
            subject: string;
            episode: number;
            state: string;
            outcome: string | null;
            severity: string;
            assignee: string | null;
            openedAt: string;
            dueAt: string;
            overdue: boolean;
            resolvedAt: string | null;
            escalations: number;
            amount: number;
            recovered: number;
            findings: number;
            from: string;
            to: string;
            point: string | null;
            operator: string | null;
            /** @description Give it back with a move. */
            version: number;
        };
        CaseMoveDto: {
            /** @description Of the case as you saw it: another one is 409, but for a comment. */
            version: number;
            /** @enum {string} */
            type: "assign" | "start-review" | "comment" | "record-recovery" | "request-write-off" | "approve-write-off" | "reject-write-off" | "resolve" | "reopen";
            /** @description assign: user name. */
            to?: string;
            /** @description comment. */
            text?: string;
            /** @description request-write-off, reject-write-off, resolve, reopen. */
            reason?: string;
            /**
             * @description resolve.
             * @enum {string}
             */
            outcome?: "explained" | "recovered" | "device-fault" | "confirmed";
            /** @description record-recovery: rupiah. */
            amount?: number;
            /** @description record-recovery: the account that received it, e.g. `treasurer/bp-1`. */
            into?: string;
            /** @description record-recovery: number of the paper. */
            reference?: string;
        };
        AttachDto: {
            version: number;
            name: string;
            contentType: string;
            /** @description The file in base64. */
            content: string;
        };
        WaterfallRowDto: {
            key: string;
            label: string;
            /** @description What should have come, of the point-days for which that is known; null while there is none. */
            potential: number | null;
            /** @description Its range, if all points err the same way. */
            potentialLow: number | null;
            potentialHigh: number | null;
            /** @description Point-days with income or potential, and those of them whose potential is known. */
            pointDays: number;
            potentialPointDays: number;
            /** @description Rupiah, gross, by the payment's own business day. */
            recorded: number;
            /** @description Settled by acquirers (gross of fees), and cash as counted at shift close and collection. */
            settled: number;
            /** @description In the treasury account, by its credit note. */
            deposited: number;
            /** @description Potential less what was recorded on the same point-days: statistical, a suspicion. */
            unrecorded: number | null;
            unsettled: number;
            undeposited: number;
        };
        WaterfallSumsDto: {
            /** @description What should have come, of the point-days for which that is known; null while there is none. */
            potential: number | null;
            /** @description Its range, if all points err the same way. */
            potentialLow: number | null;
            potentialHigh: number | null;
            /** @description Point-days with income or potential, and those of them whose potential is known. */
            pointDays: number;
            potentialPointDays: number;
            /** @description Rupiah, gross, by the payment's own business day. */
            recorded: number;
            /** @description Settled by acquirers (gross of fees), and cash as counted at shift close and collection. */
            settled: number;
            /** @description In the treasury account, by its credit note. */
            deposited: number;
            /** @description Potential less what was recorded on the same point-days: statistical, a suspicion. */
            unrecorded: number | null;
            unsettled: number;
            undeposited: number;
        };
        WaterfallDto: {
            rows: components["schemas"]["WaterfallRowDto"][];
            total: components["schemas"]["WaterfallSumsDto"];
        };
        EvidenceDto: {
            kind: string;
            ref: string;
        };
        ExceptionDto: {
            /**
             * @description `expected`: one-sided but still in time. `resolved`: a later look no longer finds it.
             * @enum {string}
             */
            state: "expected" | "mismatched" | "resolved";
            details: {
                [key: string]: unknown;
            };
            id: string;
            point: string | null;
            device: string | null;
            attendant: string | null;
            pattern: string;
            /** @description Rupiah at stake. */
            amount: number;
            at: string;
            /** @description `device/epoch/seq`: see `GET /records/{device}/{epoch}/{seq}`. */
            record: string | null;
            settlement: string | null;
            caseId: string | null;
            subjectKind: string;
            subject: string;
            businessDate: string;
            /** @description From then on it is mismatched. */
            dueAt: string | null;
            firstSeenAt: string;
            resolvedAt: string | null;
            evidence: components["schemas"]["EvidenceDto"][];
            ruleVersion: string;
        };
        RawRecordDto: {
            device: string;
            epoch: number;
            seq: number;
            point: string;
            type: string;
            at: string;
            receivedAt: string;
            businessDate: string;
            bodyFault: string | null;
            flags: string[];
            voided: boolean;
            /** @description The whole record in canonical form, mac included. */
            record: string;
        };
        HandOverDto: {
            number: string;
            point: string | null;
            payerKind: string;
            payer: string;
            receiverKind: string;
            receiver: string;
            businessDate: string;
            amount: number;
            /** @description The amount where the treasurer received it, else null. */
            toTreasurer: number | null;
            /** @description The amount where an operator received it, who brings it to the treasurer later; else null. */
            toOperators: number | null;
            handedAt: string;
            /** @description Number of the deposit slip that took it on. */
            slip: string | null;
            /** @description Its slip has a credit note. */
            credited: boolean;
            /** @description Until when a slip must take it to the bank; null where nothing is missing. */
            dueAt: string | null;
            enteredBy: string;
        };
        HandOverSumsDto: {
            toTreasurer: number;
            toOperators: number;
        };
        PayerDto: {
            /** @enum {string} */
            kind: "attendant" | "collector" | "operator";
            id: string;
        };
        ReceiverDto: {
            /** @enum {string} */
            kind: "treasurer" | "operator";
            id: string;
        };
        CreateDepositDto: {
            /** @description Number of the proof of payment. The same again changes nothing; with other content it is a conflict. */
            number: string;
            /** @description Code of the point; left out where an operator brings the cash of all its points as one sum. */
            point?: string | null;
            payer: components["schemas"]["PayerDto"];
            receiver: components["schemas"]["ReceiverDto"];
            /** @description The business day whose cash it is. */
            businessDate: string;
            /** @description Rupiah. */
            amount: number;
            /** @description Absent: now. */
            handedAt?: string;
        };
        SlipDto: {
            number: string;
            fromKind: string;
            from: string;
            businessDate: string;
            amount: number;
            writtenAt: string;
            handOvers: number;
            /** @description `acquirer/batch` of the payouts it takes on. */
            batches: string[];
            creditNote: string | null;
            /** @description Rupiah on the credit note. */
            credited: number | null;
            /** @description Until when the credit note must come; null where it came. */
            dueAt: string | null;
            enteredBy: string;
        };
        SlipSumsDto: {
            amount: number;
            credited: number;
        };
        SettledBatchDto: {
            acquirer: string;
            batch: string;
        };
        CreateSlipDto: {
            number: string;
            /** @enum {string} */
            fromKind: "treasurer" | "bank";
            /** @description The treasurer, or the account. */
            from: string;
            businessDate: string;
            amount: number;
            writtenAt?: string;
            /**
             * @description Numbers of the hand-overs it takes on.
             * @default []
             */
            handOvers: string[];
            /**
             * @description Acquirers' batches whose payout it takes on.
             * @default []
             */
            batches: components["schemas"]["SettledBatchDto"][];
        };
        CreditNoteDto: {
            /** @description The treasury account. */
            account: string;
            /** @description The bank's number of the entry. */
            entryId: string;
            valueDate: string;
            amount: number;
            /** @default  */
            description: string;
        };
        BalanceDto: {
            account: string;
            /** @description Rupiah, debit positive. */
            amount: number;
        };
        FileErrorDto: {
            /** @description Counted from 1, the header included; 0 for the whole file. */
            line: number;
            /** @description Column; empty when the whole line is wrong. */
            field: string;
            code: string;
            /** @description What is wrong, and what would help. */
            message: string;
        };
        PreviewDto: {
            /** @enum {string} */
            state: "imported" | "refused";
            firstErrors: components["schemas"]["FileErrorDto"][];
            dryRun: boolean;
            /** @description Lines after the header. */
            lines: number;
            /** @description Lines that were new and are booked. */
            accepted: number;
            /** @description Lines known before with the same content: they change nothing. */
            duplicates: number;
            /** @description Lines that are wrong or in conflict with a known one: not booked. */
            errors: number;
            /** @description What was new, added up, in rupiah. */
            summary: Record<string, never>;
            /** @description Why nothing of the file was taken. */
            refusal: string | null;
        };
        SettlementUploadDto: {
            /** Format: binary */
            file: string;
            /** @enum {string} */
            adapter: "dana" | "canonical" | "synthetic-card";
            dryRun?: boolean;
        };
        UploadedDto: {
            /** @enum {string} */
            source: "upload" | "inbox";
            /** @enum {string} */
            state: "received" | "importing" | "imported" | "refused";
            /** @description This very file had come before: nothing was changed by it now. */
            repeated: boolean;
            /** @description The first 100 errors; all: `GET …/{id}/errors`. */
            firstErrors: components["schemas"]["FileErrorDto"][];
            id: number;
            /** @description Format; `bank` for a bank statement. */
            adapter: string;
            name: string;
            /** @description Of the bytes, hex. */
            sha256: string;
            /** @description Bytes. */
            size: number;
            /** @description Percent. */
            progress: number;
            receivedAt: string;
            receivedBy: string;
            endedAt: string | null;
            /** @description Lines after the header. */
            lines: number;
            /** @description Lines that were new and are booked. */
            accepted: number;
            /** @description Lines known before with the same content: they change nothing. */
            duplicates: number;
            /** @description Lines that are wrong or in conflict with a known one: not booked. */
            errors: number;
            /** @description What was new, added up, in rupiah. */
            summary: Record<string, never>;
            /** @description Why nothing of the file was taken. */
            refusal: string | null;
        };
        ReceivedFileDto: {
            /** @enum {string} */
            source: "upload" | "inbox";
            /** @enum {string} */
            state: "received" | "importing" | "imported" | "refused";
            id: number;
            /** @description Format; `bank` for a bank statement. */
            adapter: string;
            name: string;
            /** @description Of the bytes, hex. */
            sha256: string;
            /** @description Bytes. */
            size: number;
            /** @description Percent. */
            progress: number;
            receivedAt: string;
            receivedBy: string;
            endedAt: string | null;
            /** @description Lines after the header. */
            lines: number;
            /** @description Lines that were new and are booked. */
            accepted: number;
            /** @description Lines known before with the same content: they change nothing. */
            duplicates: number;
            /** @description Lines that are wrong or in conflict with a known one: not booked. */
            errors: number;
            /** @description What was new, added up, in rupiah. */
            summary: Record<string, never>;
            /** @description Why nothing of the file was taken. */
            refusal: string | null;
        };
        SettlementLineDto: {
            id: string;
            fileId: number;
            line: number;
            acquirer: string;
            channel: string;
            kind: string;
            transactionId: string;
            batchId: string;
            orderId: string | null;
            rrn: string | null;
            nmid: string | null;
            terminal: string | null;
            /** @description Rupiah; the kind says which way. */
            amount: number;
            fee: number;
            net: number;
            transactionAt: string;
            businessDate: string;
            settlementDate: string;
            point: string | null;
            device: string | null;
        };
        SettlementSumsDto: {
            amount: number;
            fee: number;
            net: number;
        };
        SettlementBatchDto: {
            amount: number;
            fee: number;
            net: number;
            acquirer: string;
            batchId: string;
            settlementDate: string;
            lines: number;
            /** @description Has the bank credited its payout? */
            paidOut: boolean;
            /** @description Deposit slip that takes the payout to the treasury account. */
            slip: string | null;
        };
        SettlementBatchSumsDto: {
            amount: number;
            fee: number;
            net: number;
            lines: number;
        };
        BankUploadDto: {
            /** Format: binary */
            file: string;
            dryRun?: boolean;
        };
        BankEntryDto: {
            id: string;
            account: string;
            entryId: string;
            direction: string;
            valueDate: string;
            amount: number;
            reference: string | null;
            description: string;
            fileId: number | null;
            line: number | null;
            /** @description Deposit slip whose credit note it is. */
            slip: string | null;
            /** @description Acquirers' batches whose payout it is. */
            batches: string[];
            enteredBy: string;
        };
        BankEntrySumsDto: {
            amount: number;
        };
        BankAccountDto: {
            account: string;
            /**
             * @description Money on a treasury account (RKUD) is final.
             * @enum {string}
             */
            kind: "collecting" | "treasury";
            /** @default  */
            name: string;
        };
        FindingDto: {
            id: number;
            pattern: string;
            deviceId: string | null;
            point: string | null;
            epoch: number | null;
            seq: number | null;
            businessDate: string | null;
            /** @description Evidence. */
            detail: {
                [key: string]: unknown;
            };
            foundAt: string;
            clearedAt: string | null;
        };
        AlarmDto: {
            id: number;
            kind: string;
            severity: string;
            deviceId: string | null;
            point: string | null;
            detail: {
                [key: string]: unknown;
            };
            /** @description How often it was raised while it was open. */
            times: number;
            openedAt: string;
            lastAt: string;
            acknowledgedAt: string | null;
            acknowledgedBy: string | null;
            clearedAt: string | null;
        };
        AuditDto: {
            id: number;
            at: string;
            actor: string;
            action: string;
            subject: string;
            detail: {
                [key: string]: unknown;
            };
            address: string;
        };
        AuditHeadDto: {
            /** @description Number of the newest link. */
            n: number;
            /** @description SHA-256, hex. */
            hash: string;
        };
        AccessDto: {
            id: number;
            at: string;
            actor: string;
            what: string;
            subject: string;
            address: string;
        };
        UserDto: {
            username: string;
            displayName: string;
            /** @enum {string} */
            role: "administrator" | "revenue-officer" | "operator-clerk" | "auditor";
            /** @description Of an operator's clerk. */
            operator: string | null;
            disabledAt: string | null;
            createdAt: string;
            /** @description Signs in with codes of an authenticator. */
            totp: boolean;
            /** @description Has not changed the password yet that was given. */
            passwordTemporary: boolean;
        };
        CreateUserDto: {
            username: string;
            displayName?: string;
            /** @enum {string} */
            role: "administrator" | "revenue-officer" | "operator-clerk" | "auditor";
            /** @description Code of the operator whose clerk this is. */
            operator?: string;
        };
        CreatedUserDto: {
            username: string;
            displayName: string;
            /** @enum {string} */
            role: "administrator" | "revenue-officer" | "operator-clerk" | "auditor";
            /** @description Of an operator's clerk. */
            operator: string | null;
            disabledAt: string | null;
            createdAt: string;
            /** @description Signs in with codes of an authenticator. */
            totp: boolean;
            /** @description Has not changed the password yet that was given. */
            passwordTemporary: boolean;
            /** @description Told once, to be handed to the person: random, signs in for three days and must be changed first of all. */
            temporaryPassword: string;
        };
        ChangeUserDto: {
            displayName?: string;
            /** @enum {string} */
            role?: "administrator" | "revenue-officer" | "operator-clerk" | "auditor";
            operator?: string | null;
            /** @description Disabling ends the sessions. */
            disabled?: boolean;
        };
        TemporaryPasswordDto: {
            /** @description Random; signs in for three days and must be changed first of all. */
            temporaryPassword: string;
        };
        SessionDto: {
            /** @description Names the session; not its token. */
            id: string;
            username: string;
            createdAt: string;
            lastSeenAt: string;
            expiresAt: string;
            address: string;
            userAgent: string;
            /** @description The session of the token that asks. */
            current: boolean;
        };
        TariffRuleDto: {
            firstMinutes: number;
            stepMinutes: number;
            stepAmount: number;
            maxAmount?: number;
        };
        TariffDto: {
            rule: components["schemas"]["TariffRuleDto"] | null;
            code: string;
            vehicleClass: string;
            /** @description Holds for streets of this class; null: for the whole city. */
            streetClass: string | null;
            /** @description Holds for this point only. The most specific tariff in force applies. */
            point: string | null;
            /** @enum {string} */
            kind: "flat" | "progressive";
            /** @description Rupiah: the flat fee, or the fee of the first minutes. */
            amount: number;
            legalBasis: string;
            validFrom: string;
            /** @description Exclusive. */
            validTo: string | null;
            /** @enum {string} */
            state: "current" | "past" | "future";
            createdAt: string;
        };
        CreateTariffDto: {
            /** @description Makes it progressive. */
            rule?: components["schemas"]["TariffRuleDto"];
            /** @description Stands in the payments that were charged by it. */
            code: string;
            /** @enum {string} */
            vehicleClass: "motorcycle" | "car" | "minibus" | "truck" | "trailer";
            /** @description For streets of this class only. */
            streetClass?: string;
            /** @description For this point only. */
            point?: string;
            /** @description Rupiah. */
            amount: number;
            /** @description Regulation it rests on. */
            legalBasis?: string;
            validFrom: string;
            /** @description Exclusive. */
            validTo?: string;
        };
        EndAtMomentDto: {
            /** @description Exclusive. */
            validTo: string;
        };
        SubscriptionDto: {
            id: number;
            /** @description The beginning of the plate's keyed hash: tells two apart, reveals neither. */
            plateMark: string;
            vehicleClass: string;
            validFrom: string;
            /** @description The day after the last one. */
            validTo: string;
        };
        PlateDto: {
            plate: string;
        };
        CreateSubscriptionDto: {
            plate: string;
            /** @enum {string} */
            vehicleClass: "motorcycle" | "car" | "minibus" | "truck" | "trailer";
            validFrom: string;
            /** @description The day after the last one. */
            validTo: string;
        };
        EndOnDayDto: {
            /** @description The day after the last one. */
            validTo: string;
        };
        OperatorDto: {
            code: string;
            name: string;
            contact: string;
            /** @description Points it runs today. */
            points: number;
            createdAt: string;
        };
        CreateOperatorDto: {
            code: string;
            name: string;
            contact?: string;
        };
        ChangeOperatorDto: {
            name?: string;
            contact?: string;
        };
        PointOperatorDto: {
            id: number;
            point: string;
            operator: string;
            operatorName: string;
            contract: string | null;
            validFrom: string;
            /** @description The day after the last one. */
            validTo: string | null;
        };
        ContractDto: {
            number: string;
            operator: string;
            streetClass: string | null;
            /** @description Shares of the gross in basis points (1/10,000). */
            cityShareBp: number;
            attendantShareBp: number;
            operatorShareBp: number;
            /** @description Rupiah a business day. */
            dailyMinimumDeposit: number;
            /** @description Rupiah. */
            securityDeposit: number;
            validFrom: string;
            /** @description The day after the last one. */
            validTo: string | null;
            createdAt: string;
        };
        CreateContractDto: {
            number: string;
            operator: string;
            streetClass?: string | null;
            cityShareBp: number;
            attendantShareBp: number;
            operatorShareBp: number;
            /**
             * @description Rupiah a business day.
             * @default 0
             */
            dailyMinimumDeposit: number;
            /**
             * @description Rupiah.
             * @default 0
             */
            securityDeposit: number;
            validFrom: string;
            /** @description The day after the last one. */
            validTo?: string;
        };
        FreeZoneDto: {
            id: number;
            point: string;
            /** @description The decision that makes it free. */
            basis: string;
            validFrom: string;
            /** @description Exclusive. */
            validTo: string | null;
        };
        CreateFreeZoneDto: {
            point: string;
            /** @description The decision that makes it free. */
            basis?: string;
            validFrom: string;
            /** @description Exclusive. */
            validTo?: string;
        };
        DeviceAssignmentDto: {
            id: number;
            point: string;
            pointName: string;
            /** @description Null: since ever. */
            validFrom: string | null;
            validTo: string | null;
        };
        ChangePlaceDto: {
            /** @description Code of the point where it works from then on. */
            point: string;
            /** @description Records from this moment on belong to the new point. */
            from: string;
        };
        LockDto: {
            /** @description Shown to the attendant. */
            reason?: string;
        };
        CommandIdDto: {
            /** @description The command; `GET …/commands` tells what became of it. */
            id: string;
        };
        MessageDto: {
            /** @description Shown to the attendant. */
            text: string;
        };
        ResendDto: {
            epoch: number;
            /** @description First sequence number. */
            from: number;
            /** @description Last sequence number, inclusive. */
            to: number;
        };
        CommandDto: {
            id: string;
            name: string;
            args: {
                [key: string]: unknown;
            };
            createdAt: string;
            createdBy: string;
            expiresAt: string;
            sentAt: string | null;
            sends: number;
            answeredAt: string | null;
            ok: boolean | null;
            code: string | null;
        };
        GapDto: {
            epoch: number;
            from: number;
            to: number;
            openedAt: string;
            /** @description How often it was asked for. */
            asks: number;
            findingAt: string | null;
        };
        JournalRowDto: {
            epoch: number;
            seq: number;
            type: string;
            /** @description The terminal's own time. */
            at: string;
            receivedAt: string;
            businessDate: string;
            point: string;
            vehicleClass: string | null;
            method: string | null;
            amount: number | null;
            attendant: string | null;
            shift: string | null;
            flags: string[];
            /** @description Why its body could not be accepted. */
            bodyFault: string | null;
            /** @description A void took this payment off. */
            voided: boolean;
            reprocessedAt: string | null;
        };
        JournalRecordDto: {
            /** @description Other authentic content that came for the same place. */
            conflicts: {
                [key: string]: unknown;
            }[];
            /** @description The whole record as the terminal sealed it. */
            record: {
                [key: string]: unknown;
            };
            epoch: number;
            seq: number;
            type: string;
            /** @description The terminal's own time. */
            at: string;
            receivedAt: string;
            businessDate: string;
            point: string;
            vehicleClass: string | null;
            method: string | null;
            amount: number | null;
            attendant: string | null;
            shift: string | null;
            flags: string[];
            /** @description Why its body could not be accepted. */
            bodyFault: string | null;
            /** @description A void took this payment off. */
            voided: boolean;
            reprocessedAt: string | null;
        };
        AttendantDto: {
            code: string;
            name: string;
            badgeNumber: string;
            operator: string | null;
            /**
             * @description `withdrawn`: the badge was taken.
             * @enum {string}
             */
            status: "active" | "withdrawn";
            /** @description Codes of the points where the attendant works now. */
            points: string[];
            createdAt: string;
        };
        CreateAttendantDto: {
            code: string;
            name: string;
            badgeNumber: string;
            /** @description Code of the operator; absent: of the city. */
            operator?: string;
        };
        ChangeAttendantDto: {
            name?: string;
            badgeNumber?: string;
            operator?: string | null;
            /**
             * @description `withdrawn` ends the assignments.
             * @enum {string}
             */
            status?: "active" | "withdrawn";
        };
        AssignmentDto: {
            id: number;
            attendant: string;
            attendantName: string;
            point: string;
            pointName: string;
            /** @description Number of the assignment order (SPT). */
            assignmentOrder: string;
            validFrom: string | null;
            validTo: string | null;
        };
        CreateAssignmentDto: {
            attendant: string;
            point: string;
            /** @description Number of the assignment order (SPT). */
            assignmentOrder?: string;
            validFrom: string;
            /** @description Exclusive. */
            validTo?: string;
        };
        LoginDto: {
            username: string;
            password: string;
            /** @description The code of the authenticator, or a recovery code. */
            totp?: string;
        };
        LoginAnswer: {
            /** @description Send it as `Authorization: Bearer …`. */
            accessToken: string;
            /** @description Refresh it before that. */
            expiresInSeconds: number;
            username: string;
            displayName: string;
            /** @enum {string} */
            role: "administrator" | "revenue-officer" | "operator-clerk" | "auditor";
            /** @description Somebody else gave the password: it must be changed before anything else is open. */
            passwordDue: boolean;
            /** @description An authenticator must be set up before anything else is open. */
            totpDue: boolean;
        };
        MeDto: {
            username: string;
            displayName: string;
            /** @enum {string} */
            role: "administrator" | "revenue-officer" | "operator-clerk" | "auditor";
            /** @description The operator whose clerk this is. */
            operator: string | null;
            /** @description Signs in with codes of an authenticator. */
            totp: boolean;
            /** @description Somebody else gave the password: it must be changed before anything else is open. */
            passwordDue: boolean;
            /** @description An authenticator must be set up before anything else is open. */
            totpDue: boolean;
            recoveryCodesLeft: number;
        };
        ChangePasswordDto: {
            oldPassword: string;
            newPassword: string;
        };
        NoticeDto: {
            id: number;
            at: string;
            /**
             * @description As the audit log names it.
             * @enum {string}
             */
            what: "user.password" | "user.change" | "totp.confirm" | "totp.remove" | "totp.recovery-code" | "session.open" | "session.reuse";
            /** @description Who did it. */
            by: string;
            address: string;
            seen: boolean;
        };
        NoticesSeenDto: {
            /** @description The newest notice that was shown; those before it count as seen too. */
            upTo: number;
        };
        PasswordConfirmation: {
            /** @description The own password. */
            password: string;
        };
        TotpOfferDto: {
            /** @description Base32, to be typed where the QR cannot be scanned. */
            secret: string;
            uri: string;
            qrSvg: string;
        };
        TotpCodeDto: {
            code: string;
        };
        RecoveryCodesDto: {
            /** @description Each is good for one sign-in without the authenticator. Shown only now. */
            recoveryCodes: string[];
        };
        TotpRemovalDto: {
            /** @description The own password. */
            password: string;
            /** @description The code of the authenticator, or a recovery code. */
            totp: string;
        };
        DeviceDto: {
            deviceId: string;
            /** @enum {string} */
            kind: "handheld" | "meter";
            model: string;
            /** @enum {string} */
            status: "active" | "revoked";
            locked: boolean;
            epoch: number;
            /** @description Code of the point where it works now. */
            point: string | null;
            pointName: string | null;
            registeredAt: string;
            /**
             * @description never: it never connected; offline: not now; late: connected, but unheard for too long; silent: heard, but no journal record for too long in operating hours; online.
             * @enum {string}
             */
            presence: "online" | "offline" | "never" | "late" | "silent";
            connected: boolean;
            /** @description When anything last came from it. */
            lastSeenAt: string | null;
            lastJournalAt: string | null;
            /** @description How many sequence numbers of the current epoch have not come. */
            missingCount: number;
            /** @description Charge in percent, as it last told. */
            battery: number | null;
            /** @description Messages that waited in the terminal when it last told. */
            queued: number | null;
            /** @description The program of the terminal, as it last told. */
            firmware: string | null;
        };
        DeviceDetailDto: {
            /** @description Inclusive ranges of the current epoch that have not come, at most 1,000. */
            missing: number[][];
            /** @description The last telemetry message. */
            telemetry: {
                [key: string]: unknown;
            } | null;
            /** @description Everything of the current epoch up to here has come. */
            contiguous: number;
            /** @description The highest sequence number of the current epoch that came. */
            maxSeq: number;
            telemetryAt: string | null;
            deviceId: string;
            /** @enum {string} */
            kind: "handheld" | "meter";
            model: string;
            /** @enum {string} */
            status: "active" | "revoked";
            locked: boolean;
            epoch: number;
            /** @description Code of the point where it works now. */
            point: string | null;
            pointName: string | null;
            registeredAt: string;
            /**
             * @description never: it never connected; offline: not now; late: connected, but unheard for too long; silent: heard, but no journal record for too long in operating hours; online.
             * @enum {string}
             */
            presence: "online" | "offline" | "never" | "late" | "silent";
            connected: boolean;
            /** @description When anything last came from it. */
            lastSeenAt: string | null;
            lastJournalAt: string | null;
            /** @description How many sequence numbers of the current epoch have not come. */
            missingCount: number;
            /** @description Charge in percent, as it last told. */
            battery: number | null;
            /** @description Messages that waited in the terminal when it last told. */
            queued: number | null;
            /** @description The program of the terminal, as it last told. */
            firmware: string | null;
        };
        RegisterDeviceDto: {
            deviceId: string;
            /** @enum {string} */
            kind: "handheld" | "meter";
            /** @description Code of the point where it works. Records from before the registration belong to it too. */
            point: string;
            model?: string;
            /** @description Ed25519 public key of a secure element: 32 bytes as base64url. Then there is no journal key. */
            publicKey?: string;
        };
        CredentialsDto: {
            deviceId: string;
            mqttPassword: string;
            /** @description 32 bytes, base64url; null where the device signs with its own key. */
            journalKey: string | null;
            epoch: number;
            /** @description The text of the printable QR code that a terminal's setup screen reads. */
            qrText: string;
            /** @description The QR code itself, as SVG, when it was asked for (`?qr=svg`). */
            qrSvg?: string;
        };
        BatchDto: {
            /** @description Rows in the file. */
            rows: number;
            stored: number;
            /** @description What is wrong, by line; with any of them nothing is stored. */
            faults: components["schemas"]["RowFault"][];
            /** @description Empty for a trial (`dryRun`). */
            devices: components["schemas"]["CredentialsDto"][];
        };
        RotateDeviceDto: {
            /** @description A new Ed25519 public key; without it a device with a secure element keeps the one it has. */
            publicKey?: string;
        };
        IncomeRowDto: {
            /** @description Code, name, day, hour … that the row is about; empty where there is none. */
            key: string;
            /** @description The key in words. */
            label: string;
            /** @description Of `amount`, paid in cash. */
            cashAmount: number;
            /** @description Of `amount`, paid by QRIS or card. */
            cashlessAmount: number;
            /** @description Payments not voided, free ones included. */
            count: number;
            /** @description Rupiah, gross. */
            amount: number;
        };
        IncomeSum: {
            /** @description Payments not voided, free ones included. */
            count: number;
            /** @description Rupiah, gross. */
            amount: number;
        };
        IncomeDto: {
            rows: components["schemas"]["IncomeRowDto"][];
            /** @description Of the rows. */
            total: components["schemas"]["IncomeSum"];
        };
        PointDto: {
            /** @description Parking spaces (SRP) per vehicle class. */
            spaces: {
                [key: string]: number;
            };
            /** @description Operating hours in force today. */
            hours: {
                [key: string]: number[];
            } | null;
            code: string;
            name: string;
            street: string;
            district: string;
            subdistrict: string;
            streetClass: string | null;
            latitudeMicrodegrees: number | null;
            longitudeMicrodegrees: number | null;
            /** @enum {string} */
            coordinatesSource: "none" | "illustrative" | "surveyed";
            geofenceRadiusMetres: number | null;
            /** @description Code of the operator that runs it today; null: the city itself. */
            operator: string | null;
            operatorName: string | null;
            /** @description Devices that work there now. */
            devices: number;
            createdAt: string;
            closedAt: string | null;
        };
        CreatePointDto: {
            /** @description Parking spaces (SRP) per vehicle class. */
            spaces?: {
                [key: string]: number;
            };
            /** @description Minutes since midnight (Asia/Jakarta) per weekday, 0 = Sunday: `{"1": [420, 1320]}`. */
            hours?: {
                [key: string]: number[];
            };
            code: string;
            name: string;
            /** @description Code of the operator that runs it; absent: the city itself. */
            operator?: string;
            street?: string;
            /** @description Kecamatan. */
            district?: string;
            /** @description Kelurahan. */
            subdistrict?: string;
            /** @description Class of the street, where a tariff or contract asks for it: `I` or `II` until 2024. */
            streetClass?: string | null;
            latitudeMicrodegrees?: number | null;
            longitudeMicrodegrees?: number | null;
            /** @enum {string} */
            coordinatesSource?: "none" | "illustrative" | "surveyed";
            /** @description A payment further away than this is flagged `outside-geofence`. */
            geofenceRadiusMetres?: number | null;
        };
        ChangePointDto: {
            /** @description Parking spaces (SRP) per vehicle class. */
            spaces?: {
                [key: string]: number;
            };
            name?: string;
            /** @description First business day of `streetClass`; today when absent. What was said of later days goes. */
            streetClassFrom?: string;
            /** @description A closed point stays in the books and takes no new devices. */
            closed?: boolean;
            street?: string;
            /** @description Kecamatan. */
            district?: string;
            /** @description Kelurahan. */
            subdistrict?: string;
            /** @description Class of the street, where a tariff or contract asks for it: `I` or `II` until 2024. */
            streetClass?: string | null;
            latitudeMicrodegrees?: number | null;
            longitudeMicrodegrees?: number | null;
            /** @enum {string} */
            coordinatesSource?: "none" | "illustrative" | "surveyed";
            /** @description A payment further away than this is flagged `outside-geofence`. */
            geofenceRadiusMetres?: number | null;
        };
        StreetClassDto: {
            id: number;
            point: string;
            streetClass: string;
            validFrom: string;
            /** @description Exclusive. */
            validTo: string | null;
        };
        HoursDto: {
            /** @description Minutes since midnight per weekday, 0 = Sunday; a missing weekday is closed. */
            hours: {
                [key: string]: number[];
            };
            id: number;
            point: string;
            /** @description First day. */
            validFrom: string;
            /** @description The day after the last one. */
            validTo: string | null;
        };
        SetHoursDto: {
            hours: {
                [key: string]: number[];
            };
            validFrom: string;
        };
        SetPointOperatorDto: {
            operator: string;
            /** @description Number of the contract. */
            contract?: string;
            validFrom: string;
            /** @description The day after the last one. */
            validTo?: string;
        };
        QuarantineDto: {
            id: number;
            deviceId: string;
            /** @description When it first came. */
            at: string;
            lastAt: string;
            code: string;
            reason: string;
            topic: string;
            epoch: number | null;
            seq: number | null;
            /** @description Bytes. */
            size: number;
            /** @description How often the same bytes came. */
            times: number;
            /** @description The first bytes as text. */
            preview: string;
            reprocessedAt: string | null;
            outcome: string | null;
        };
        ReprocessedRecordDto: {
            seq: number | null;
            outcome: string;
            code: string | null;
        };
        ReprocessedDto: {
            /** @description What became of the records. */
            results: components["schemas"]["ReprocessedRecordDto"][];
        };
        ErrorBody: {
            /** @description A word for programs. */
            code: string;
            /** @description A sentence for people. */
            message: string;
            /** @description The field or query parameter that is wrong. */
            field?: string;
            /** @description What would help. */
            remedy?: string;
            /** @description Of a file: what is wrong in which line. */
            rows?: components["schemas"]["RowFault"][];
        };
        ErrorAnswer: {
            error: components["schemas"]["ErrorBody"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    Reports_monthly: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    JournalExport_journal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    JournalExport_keys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JournalKeysDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JournalKeyFileDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Targets_targets: {
        parameters: {
            query: {
                year?: number;
                source?: string;
                /** @description `true`: only the newest revision of each. */
                newest?: boolean;
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["TargetDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Targets_enterTarget: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTargetDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Targets_realisation: {
        parameters: {
            query: {
                year: number;
                format: "json" | "csv" | "xlsx";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RealisationDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Tickets_ticketRanges: {
        parameters: {
            query: {
                state?: "issued" | "returned" | "voided";
                attendant?: string;
                prefix?: string;
                /** @description Ranges that hold this number. */
                number?: number;
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["TicketRangeDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                        /** @description Over the whole list, not the page. */
                        sums: components["schemas"]["TicketSumsDto"];
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Tickets_issue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IssueTicketsDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Tickets_ticketEvents: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["TicketEventDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Tickets_returned: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeTicketsDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Tickets_voided: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeTicketsDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Tickets_reissued: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReissueTicketsDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Holidays_holidays: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                /** @description First day, inclusive. */
                from?: string;
                /** @description Last day, inclusive. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["HolidayDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Holidays_addHoliday: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HolidayDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HolidayDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Holidays_removeHoliday: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                day: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Shifts_shifts: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                attendant?: string;
                /** @description Code of a point. */
                point?: string;
                district?: string;
                operator?: string;
                device?: string;
                /** @description `true`: only where what was counted differs from what was recorded. */
                differencesOnly?: boolean;
                /** @description First day, inclusive. */
                from?: string;
                /** @description Last day, inclusive. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["ShiftDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                        /** @description Over the whole list, not the page. */
                        sums: components["schemas"]["CashSumsDto"];
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Shifts_collections: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                collector?: string;
                /** @description Code of a point. */
                point?: string;
                district?: string;
                operator?: string;
                device?: string;
                /** @description `true`: only where what was counted differs from what was recorded. */
                differencesOnly?: boolean;
                /** @description First day, inclusive. */
                from?: string;
                /** @description Last day, inclusive. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["CollectionDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                        /** @description Over the whole list, not the page. */
                        sums: components["schemas"]["CashSumsDto"];
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    OperatorMoney_statements: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                operator?: string;
                month?: string;
                /** @description `true`: only the revision that counts. */
                newest?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["StatementDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                        /** @description Over the whole list, not the page. */
                        sums: components["schemas"]["StatementSumsDto"];
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    OperatorMoney_makeStatement: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestStatementDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeStatementDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    OperatorMoney_statement: {
        parameters: {
            query: {
                /** @description Left out: the newest. */
                revision?: number;
                format: "json" | "csv" | "xlsx" | "pdf";
            };
            header?: never;
            path: {
                operator: string;
                month: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementDetailDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    OperatorMoney_securityDeposits: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                operator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["SecurityDepositDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                        /** @description Over the whole list, not the page. */
                        sums: components["schemas"]["AmountSumDto"];
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    OperatorMoney_securityDeposit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateSecurityDepositDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    OperatorMoney_arrears: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                debtorKind?: "attendant" | "operator" | "collector" | "treasurer";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["ArrearsDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                        /** @description Over the whole list, not the page. */
                        sums: components["schemas"]["AmountSumDto"];
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Rules_ruleBooks: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["RuleBookDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Rules_adopt: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdoptRulesDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Rules_dryRun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DryRunOptions"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DryRunDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Overview_about: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AboutDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Overview_points: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                /** @description First business day, inclusive. */
                from: string;
                /** @description Last business day, inclusive. */
                to: string;
                district?: string;
                street?: string;
                operator?: string;
                streetClass?: string;
                /** @description Part of the code, the name or the street. */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["PointOverviewDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Overview_sums: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                /** @description First business day, inclusive. */
                from: string;
                /** @description Last business day, inclusive. */
                to: string;
                district?: string;
                street?: string;
                operator?: string;
                streetClass?: string;
                /** @description Part of the code, the name or the street. */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointOverviewSumsDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Overview_hours: {
        parameters: {
            query: {
                point: string;
                from: string;
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HourDto"][];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Overview_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Overview_views: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                screen?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["SavedViewDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Overview_save: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveViewDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Overview_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Detection_suspicions: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                pattern?: string;
                device?: string;
                attendant?: string;
                caseId?: string;
                /** @description Only those that a later look no longer finds, or only those that stand. */
                withdrawn?: boolean;
                /** @description Code of a point. */
                point?: string;
                /** @description First day, inclusive. */
                from?: string;
                /** @description Last day, inclusive. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["SuspicionDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Detection_expectations: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                /** @description A row for each day, or for each hour of each day. */
                by: "day" | "hour";
                /** @description Code of a point. */
                point?: string;
                /** @description First day, inclusive. */
                from?: string;
                /** @description Last day, inclusive. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["ExpectationDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Detection_potentials: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                basis?: "field-count" | "expectation";
                /** @description Code of a point. */
                point?: string;
                /** @description First day, inclusive. */
                from?: string;
                /** @description Last day, inclusive. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["PotentialDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Detection_notes: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                kind?: "maintenance" | "calendar" | "data";
                open?: boolean;
                /** @description Code of a point. */
                point?: string;
                /** @description First day, inclusive. */
                from?: string;
                /** @description Last day, inclusive. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["DetectionNoteDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Detection_closeNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Detection_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DetectorSettingsDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Detection_changeSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeDetectorSettingsDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DetectorSettingsDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Detection_quality: {
        parameters: {
            query?: {
                /** @description First business day; four weeks ago when left out. */
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DetectorQualityDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Detection_runs: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["DetectorRunDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Detection_events: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                /** @description Code of a point. */
                point?: string;
                /** @description First day, inclusive. */
                from?: string;
                /** @description Last day, inclusive. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["CalendarEventDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Detection_createEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateCalendarEventDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Detection_importEvents: {
        parameters: {
            query: {
                /** @description Only tells what would happen. */
                dryRun: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Detection_withdrawEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    FieldCounts_list: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                source?: "officer" | "import" | "device";
                plan?: number;
                /** @description Code of a point. */
                point?: string;
                /** @description First day, inclusive. */
                from?: string;
                /** @description Last day, inclusive. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["FieldCountDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    FieldCounts_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateFieldCountDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldCountIdDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    FieldCounts_import: {
        parameters: {
            query: {
                /** @description Only tells what would happen. */
                dryRun: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    FieldCounts_revisions: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["FieldCountDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    FieldCounts_revise: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviseFieldCountDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    FieldCounts_plans: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                state?: "planned" | "counted" | "missed" | "cancelled";
                /** @description Code of a point. */
                point?: string;
                /** @description First day, inclusive. */
                from?: string;
                /** @description Last day, inclusive. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["FieldCountPlanDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    FieldCounts_plan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateFieldCountPlanDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    FieldCounts_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    FieldCounts_proposal: {
        parameters: {
            query: {
                /** @description Day of the counts; tomorrow when left out. */
                date?: string;
                /** @description Points at most. */
                teams: number;
                /** @description People who can go out, in all; a point takes two or more, as its busiest hour needs. */
                people: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Acquirers_list: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["AcquirerDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Acquirers_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateAcquirerDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcquirerDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Acquirers_find: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcquirerDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Acquirers_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeAcquirerDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcquirerDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Acquirers_orders: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                state?: "pending" | "paid" | "expired" | "failed" | "unavailable" | "refunded";
                device?: string;
                point?: string;
                acquirer?: string;
                orderId?: string;
                /** @description First day, inclusive. */
                from?: string;
                /** @description Last day, inclusive. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["QrisOrderDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                        /** @description Over the whole list, not the page. */
                        sums: components["schemas"]["AmountSumDto"];
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Acquirers_notices: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                /** @description Only those that were turned down, or only the others. */
                refused?: boolean;
                acquirer?: string;
                orderId?: string;
                /** @description First day, inclusive. */
                from?: string;
                /** @description Last day, inclusive. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["SnapNoticeDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Cases_list: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                /** @description `unresolved`: any but `resolved`. */
                state?: "open" | "assigned" | "under-review" | "resolved" | "unresolved";
                severity?: "critical" | "major" | "minor" | "warning" | "indeterminate";
                pattern?: string;
                /** @description Exact exceptions, or statistical suspicions. */
                kind?: "exception" | "suspicion";
                point?: string;
                assignee?: string;
                /** @description Past its due time, now or once before. */
                overdue?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["CaseDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                        /** @description Over the whole list, not the page. */
                        sums: components["schemas"]["CaseSumsDto"];
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Cases_assignees: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["AssigneeDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Cases_find: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseDetailDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Cases_move: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaseMoveDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseDetailDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Cases_attach: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttachDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseDetailDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Cases_attachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                sha256: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Money_waterfall: {
        parameters: {
            query: {
                /** @description First business day (Asia/Jakarta), inclusive. */
                from: string;
                /** @description Last business day, inclusive. */
                to: string;
                groupBy: "point" | "district" | "operator" | "day" | "month";
                format: "json" | "csv" | "xlsx";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaterfallDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Money_exceptions: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                pattern?: string;
                state?: "expected" | "mismatched" | "resolved";
                device?: string;
                attendant?: string;
                caseId?: string;
                /** @description Code of a point. */
                point?: string;
                /** @description First day, inclusive. */
                from?: string;
                /** @description Last day, inclusive. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["ExceptionDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                        /** @description Over the whole list, not the page. */
                        sums: components["schemas"]["AmountSumDto"];
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Money_record: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                device: string;
                epoch: number;
                seq: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RawRecordDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Money_deposits: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                /** @description Number on the paper. */
                number?: string;
                /** @description Number of a deposit slip: what it took on. */
                slip?: string;
                /** @description `true`: only what the treasurer has and no slip took to the bank. */
                open?: boolean;
                payer?: string;
                /** @description Code of a point. */
                point?: string;
                /** @description First day, inclusive. */
                from?: string;
                /** @description Last day, inclusive. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["HandOverDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                        /** @description Over the whole list, not the page. */
                        sums: components["schemas"]["HandOverSumsDto"];
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Money_deposit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateDepositDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateDepositDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Money_slips: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                payer?: string;
                /** @description Code of a point. */
                point?: string;
                /** @description First day, inclusive. */
                from?: string;
                /** @description Last day, inclusive. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["SlipDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                        /** @description Over the whole list, not the page. */
                        sums: components["schemas"]["SlipSumsDto"];
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Money_slip: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateSlipDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateSlipDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Money_creditNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreditNoteDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Money_balances: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                /** @description What the books knew at this instant; absent: now. */
                at?: string;
                /** @description Business days up to this one only. */
                until?: string;
                /** @description An account or its beginning, e.g. `receivable` or `cash-in-hand/MDN-001`. */
                account?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["BalanceDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                        /** @description Over the whole list, not the page. */
                        sums: components["schemas"]["AmountSumDto"];
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Settlements_list: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                state?: "received" | "importing" | "imported" | "refused";
                adapter?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["ReceivedFileDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Settlements_upload: {
        parameters: {
            query: {
                /** @description Format of a settlement file. */
                adapter?: "dana" | "canonical" | "synthetic-card";
                /** @description Only tells what would happen; nothing is kept. */
                dryRun?: boolean;
                /** @description Seconds to wait for the import's end before answering 202; 0 answers at once. */
                wait: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["SettlementUploadDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedDto"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Settlements_find: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceivedFileDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Settlements_errors: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["FileErrorDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Settlements_rows: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                acquirer?: string;
                batchId?: string;
                kind?: "payment" | "refund" | "cancel" | "fee";
                orderId?: string;
                rrn?: string;
                transactionId?: string;
                /** @description Code of a point. */
                point?: string;
                /** @description Of this file only. */
                fileId?: number;
                /** @description First day, inclusive. */
                from?: string;
                /** @description Last day, inclusive. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["SettlementLineDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                        /** @description Over the whole list, not the page. */
                        sums: components["schemas"]["SettlementSumsDto"];
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Settlements_batches: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                acquirer?: string;
                /** @description `true`: only those that stand on no deposit slip. */
                open?: boolean;
                /** @description First day, inclusive. */
                from?: string;
                /** @description Last day, inclusive. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["SettlementBatchDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                        /** @description Over the whole list, not the page. */
                        sums: components["schemas"]["SettlementBatchSumsDto"];
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Bank_list: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                state?: "received" | "importing" | "imported" | "refused";
                adapter?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["ReceivedFileDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Bank_upload: {
        parameters: {
            query: {
                /** @description Format of a settlement file. */
                adapter?: "dana" | "canonical" | "synthetic-card";
                /** @description Only tells what would happen; nothing is kept. */
                dryRun?: boolean;
                /** @description Seconds to wait for the import's end before answering 202; 0 answers at once. */
                wait: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["BankUploadDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedDto"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Bank_find: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceivedFileDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Bank_errors: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["FileErrorDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Bank_entries: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                account?: string;
                direction?: "credit" | "debit";
                reference?: string;
                /** @description Explained by a deposit slip or by acquirers' batches. */
                matched?: boolean;
                /** @description Of this file only. */
                fileId?: number;
                /** @description First day, inclusive. */
                from?: string;
                /** @description Last day, inclusive. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["BankEntryDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                        /** @description Over the whole list, not the page. */
                        sums: components["schemas"]["BankEntrySumsDto"];
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Bank_accounts: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["BankAccountDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Bank_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BankAccountDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BankAccountDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Watch_findings: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                pattern?: string;
                deviceId?: string;
                point?: string;
                /** @description `true`: only those that are not cleared. */
                open?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["FindingDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Watch_alarms: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                kind?: string;
                severity?: "critical" | "major" | "minor" | "warning" | "indeterminate";
                deviceId?: string;
                point?: string;
                /** @description `true`: only those that are not cleared. */
                open?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["AlarmDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Watch_acknowledge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Watch_clear: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Watch_audit: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                actor?: string;
                /** @description The action, or its kind: `device` stands for `device.register`, `device.rotate` and so on. */
                action?: string;
                subject?: string;
                from?: string;
                /** @description Exclusive. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["AuditDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Watch_head: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditHeadDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Watch_accesses: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                actor?: string;
                /** @description The kind of personal data: attendant, record, quarantine, plate, attachment. */
                what?: string;
                subject?: string;
                from?: string;
                /** @description Exclusive. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["AccessDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Users_list: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["UserDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Users_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateUserDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedUserDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Users_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeUserDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Users_resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemporaryPasswordDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Users_removeTotp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Users_sessions: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                username?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["SessionDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Users_endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Tariffs_list: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                vehicleClass?: "motorcycle" | "car" | "minibus" | "truck" | "trailer";
                streetClass?: string;
                point?: string;
                state?: "past" | "current" | "future";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["TariffDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Tariffs_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTariffDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TariffDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Tariffs_find: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TariffDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Tariffs_withdraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Tariffs_end: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndAtMomentDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Subscriptions_list: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                /** @description Day on which they are valid. */
                on?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["SubscriptionDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Subscriptions_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateSubscriptionDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Subscriptions_search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlateDto"];
            };
        };
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["SubscriptionDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Subscriptions_end: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndOnDayDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Operators_list: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["OperatorDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Operators_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateOperatorDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Operators_find: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Operators_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeOperatorDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Operators_pointOperators: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                point?: string;
                operator?: string;
                contract?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["PointOperatorDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Operators_contracts: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                operator?: string;
                /** @description Day on which they are in force. */
                on?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["ContractDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Operators_createContract: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateContractDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Operators_endContract: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndOnDayDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    FreeZones_list: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                point?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["FreeZoneDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    FreeZones_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateFreeZoneDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    FreeZones_end: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndAtMomentDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    DeviceCare_assignments: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
            };
            header?: never;
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["DeviceAssignmentDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    DeviceCare_assign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePlaceDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    DeviceCare_lock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LockDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandIdDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    DeviceCare_unlock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandIdDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    DeviceCare_syncConfig: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandIdDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    DeviceCare_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandIdDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    DeviceCare_resend: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResendDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandIdDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    DeviceCare_commands: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
            };
            header?: never;
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["CommandDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    DeviceCare_gaps: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                epoch?: number;
            };
            header?: never;
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["GapDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    DeviceCare_journal: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                epoch?: number;
                type?: "payment" | "void" | "shift-open" | "shift-close" | "collection" | "count" | "boot" | "test";
                flag?: "wrong-tariff" | "clock-skew" | "broken-chain" | "unknown-attendant" | "unknown-shift" | "outside-hours" | "outside-geofence" | "free-zone" | "subscriber" | "void-without-effect";
                fromSeq?: number;
                toSeq?: number;
                /** @description First day, inclusive. */
                from?: string;
                /** @description Last day, inclusive. */
                to?: string;
            };
            header?: never;
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["JournalRowDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    DeviceCare_record: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deviceId: string;
                epoch: number;
                seq: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JournalRecordDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Attendants_list: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                operator?: string;
                status?: "active" | "withdrawn";
                /** @description Code of a point where they work now. */
                point?: string;
                /** @description Part of code, name or badge number. */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["AttendantDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Attendants_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateAttendantDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttendantDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Attendants_find: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttendantDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Attendants_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeAttendantDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttendantDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Attendants_assignments: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                attendant?: string;
                point?: string;
                /** @description Moment at which they are in force. */
                at?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["AssignmentDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Attendants_assign: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateAssignmentDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Attendants_endAssignment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndAtMomentDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Auth_login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginAnswer"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Auth_refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginAnswer"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Auth_logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Auth_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Auth_changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePasswordDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Auth_notices: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                /** @description Only those that the user has not marked as seen. */
                unseen?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["NoticeDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Auth_noticesSeen: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoticesSeenDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Auth_sessions: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["SessionDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Auth_endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Totp_enrol: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordConfirmation"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotpOfferDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Totp_confirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TotpCodeDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodesDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Totp_remove: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TotpRemovalDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Devices_list: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                /** @description Code of the point where they work now. */
                point?: string;
                kind?: "handheld" | "meter";
                status?: "active" | "revoked";
                /** @description Part of the id or the model. */
                search?: string;
                /** @description `quiet`: every presence but `online`. */
                presence?: "never" | "offline" | "late" | "silent" | "online" | "quiet";
                firmware?: string;
                /** @description Only those whose charge was last below so many percent. */
                batteryBelow?: number;
                /** @description Whether records of the current epoch have not come. */
                missing?: boolean;
                /** @description Whether messages wait in the terminal. */
                queued?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["DeviceDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Devices_register: {
        parameters: {
            query?: {
                /** @description `svg` adds the printable code to the answer. */
                qr?: "svg";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterDeviceDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialsDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Devices_find: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceDetailDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Devices_registerBatch: {
        parameters: {
            query: {
                /** @description Only tells what would happen. */
                dryRun: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Devices_rotate: {
        parameters: {
            query?: {
                /** @description `svg` adds the printable code to the answer. */
                qr?: "svg";
            };
            header?: never;
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RotateDeviceDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialsDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Devices_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Devices_reinstate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Health_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Health_ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Health_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Income_income: {
        parameters: {
            query: {
                /** @description First business day (Asia/Jakarta), inclusive. */
                from: string;
                /** @description Last business day, inclusive. */
                to: string;
                groupBy: "point" | "district" | "street" | "operator" | "vehicleClass" | "method" | "attendant" | "hour" | "day" | "month";
                /** @description Codes of points. */
                point?: string[];
                district?: string[];
                street?: string[];
                /** @description Codes of operators; empty text for points that the city runs itself. */
                operator?: string[];
                vehicleClass?: string[];
                method?: string[];
                /** @description Codes of attendants. */
                attendant?: string[];
                hour?: string[];
                day?: string[];
                month?: string[];
                format: "json" | "csv" | "xlsx";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncomeDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Points_list: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                district?: string;
                street?: string;
                /** @description Code of the operator that runs it today. */
                operator?: string;
                streetClass?: string;
                /** @description Part of code, name or street. */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["PointDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Points_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePointDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Points_find: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Points_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePointDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Points_import: {
        parameters: {
            query: {
                /** @description Only tells what would happen. */
                dryRun: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Points_streetClasses: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["StreetClassDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Points_hours: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["HoursDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Points_setHours: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetHoursDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Points_setOperator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPointOperatorDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Points_endOperator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndOnDayDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Quarantine_list: {
        parameters: {
            query: {
                /** @description Rows at most. */
                limit: number;
                /** @description Rows to skip. */
                offset: number;
                /** @description A column to sort by, `-` before it for descending; by the list's own order when absent. */
                sort?: string;
                /** @description `csv` and `xlsx` give the whole list as a file, whatever `limit` says. */
                format: "json" | "csv" | "xlsx";
                deviceId?: string;
                code?: "too-large" | "bad-json" | "bad-schema" | "unknown-epoch" | "bad-mac";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, or with `format` the whole list as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["QuarantineDto"][];
                        /** @description Rows of the whole list. */
                        total: number;
                    };
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Quarantine_find: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuarantineDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Quarantine_bytes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    Quarantine_reprocess: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReprocessedDto"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
}
