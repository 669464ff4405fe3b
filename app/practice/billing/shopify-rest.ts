/** Fields that Shopify's objects hold besides those that a payment fills, so that bodies look as real ones do. */

/** The same in all orders. */
export const ORDER_REST = {
  app_id: null,
  billing_address: null,
  buyer_accepts_marketing: false,
  cancel_reason: null,
  cancelled_at: null,
  cart_token: null,
  checkout_id: null,
  closed_at: null,
  confirmation_number: null,
  confirmed: true,
  contact_email: null,
  current_total_additional_fees_set: null,
  current_total_duties_set: null,
  customer_locale: 'en',
  device_id: null,
  discount_applications: [],
  duties_included: false,
  estimated_taxes: false,
  fulfillment_status: null,
  fulfillments: [],
  landing_site_ref: null,
  line_items: [],
  location_id: null,
  merchant_business_entity_id: null,
  merchant_of_record_app_id: null,
  note: null,
  number: null,
  order_number: null,
  order_status_url: null,
  original_total_additional_fees_set: null,
  original_total_duties_set: null,
  payment_gateway_names: ['shopify_payments'],
  payment_terms: null,
  phone: null,
  po_number: null,
  reference: null,
  referring_site: null,
  refunds: [],
  returns: [],
  shipping_address: null,
  shipping_lines: [],
  source_identifier: null,
  source_name: 'web',
  source_url: null,
  tags: '',
  tax_exempt: false,
  tax_lines: [],
  taxes_included: false,
  token: null,
  total_weight: 567,
  updated_at: null,
  user_id: null,
};

/** The same in all transactions of a refund. */
export const TRANSACTION_REST = {
  amount_rounding: null,
  authorization: null,
  device_id: null,
  error_code: null,
  location_id: null,
  message: 'Transaction approved',
  parent_id: null,
  payment_details: null,
  payment_id: null,
  payments_refund_attributes: { status: 'success', acquirer_reference_number: null },
  receipt: {},
  source_name: '1830279',
  user_id: null,
};

interface MoneySet {
  shop_money: { amount: string; currency_code: string };
  presentment_money: { amount: string; currency_code: string };
}

/** An amount (a decimal text) in both currencies; the practice shop sells in one. */
export const moneySet = (amount: string, currency: string): MoneySet => ({
  shop_money: { amount, currency_code: currency },
  presentment_money: { amount, currency_code: currency },
});

/** The sums of an order without tax, shipping and discount: `total` and `zero` as decimal texts. */
export function orderSums(total: string, zero: string, currency: string): Record<string, unknown> {
  const whole = moneySet(total, currency);
  const none = moneySet(zero, currency);
  return {
    current_shipping_price_set: none,
    current_subtotal_price: total,
    current_subtotal_price_set: whole,
    current_total_discounts: zero,
    current_total_discounts_set: none,
    current_total_price_set: whole,
    current_total_tax: zero,
    current_total_tax_set: none,
    subtotal_price: total,
    subtotal_price_set: whole,
    total_cash_rounding_payment_adjustment_set: none,
    total_cash_rounding_refund_adjustment_set: none,
    total_discounts: zero,
    total_discounts_set: none,
    total_line_items_price: total,
    total_line_items_price_set: whole,
    total_outstanding: zero,
    total_shipping_price_set: none,
    total_tax: zero,
    total_tax_set: none,
    total_tip_received: zero,
  };
}
