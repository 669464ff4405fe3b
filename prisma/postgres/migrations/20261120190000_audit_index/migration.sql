-- Lists whose filters read everything of one kind, and sorted it, where there is much of it: each now walks an index.

-- CreateIndex
CREATE INDEX "AuditEntry_subjectType_id_idx" ON "AuditEntry"("subjectType", "id");

-- CreateIndex
CREATE INDEX "AlertDelivery_status_id_idx" ON "AlertDelivery"("status", "id");

-- CreateIndex
CREATE INDEX "Campaign_accountId_id_idx" ON "Campaign"("accountId", "id");

-- CreateIndex
CREATE INDEX "Campaign_status_id_idx" ON "Campaign"("status", "id");

-- CreateIndex
CREATE INDEX "Campaign_networkCampaignId_idx" ON "Campaign"("networkCampaignId");

-- Refunds: what the other filters ask for is in the index of each.
DROP INDEX "Refund_disposition_id_idx";

-- CreateIndex
CREATE INDEX "Refund_disposition_idx" ON "Refund"("disposition", "id", "kind", "source");

-- CreateIndex
CREATE INDEX "Refund_kind_idx" ON "Refund"("kind", "id", "source");

-- CreateIndex
CREATE INDEX "Refund_source_idx" ON "Refund"("source", "id");
