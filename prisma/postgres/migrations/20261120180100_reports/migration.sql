-- One index for lists of held leads, the release calendar and the payout report: all that they sum is in it.
DROP INDEX "Lead_holdState_disputeBy_id_currency_payoutCents_idx";

-- CreateIndex
CREATE INDEX "Lead_release_idx" ON "Lead"("holdState", "disputeBy", "id", "currency", "payoutCents", "expectedCents", "accountId", "networkCampaignId", "affiliateId", "holdAssumed");

-- CreateIndex
CREATE INDEX "Lead_affiliate_period_idx" ON "Lead"("affiliateId", "createdAt", "currency", "payoutCents", "expectedCents", "networkCampaignId", "accountId");

-- By hand: partial indexes. Leads that pay otherwise than expected, by one minor unit more than rounding can explain
-- (RG-22), are few, or all of one campaign; refunds that count are those that stand and are certain to be of their order.
CREATE INDEX "Lead_differs_idx" ON "Lead"("createdAt", "id", "currency", "payoutCents", "expectedCents", "networkCampaignId", "affiliateId", "accountId") WHERE ("payoutCents" - "expectedCents" > 1 OR "expectedCents" - "payoutCents" > 1);
CREATE INDEX "Refund_counted_idx" ON "Refund"("leadId", "kind") WHERE "leadId" IS NOT NULL AND "reversal" IS NULL AND "matchDoubt" IS NULL;
-- Leads without a holding period, which are paid at once: few, or all of some campaigns.
CREATE INDEX "Lead_at_once_idx" ON "Lead"("releasedAt", "holdState", "currency", "payoutCents", "expectedCents", "accountId", "networkCampaignId", "affiliateId", "holdAssumed", "disputeBy") WHERE "disputeBy" IS NULL;
