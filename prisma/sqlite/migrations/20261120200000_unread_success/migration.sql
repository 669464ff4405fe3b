-- Successes that came without their data: few, found by their issue, and those that have none yet (NULL).
CREATE INDEX "OutboxMessage_unread_idx" ON "OutboxMessage"("issueId", "status", "expectedCurrency", "expectedCents", "id") WHERE "errorCode" = 'UNREADABLE_SUCCESS' AND "status" IN ('delivered', 'duplicate');

-- Those of before stood under the cause they had failed with earlier, if under any: they are put under their own.
UPDATE "OutboxMessage" SET "issueId" = NULL WHERE "errorCode" = 'UNREADABLE_SUCCESS' AND "status" IN ('delivered', 'duplicate') AND "issueId" IS NOT NULL;
