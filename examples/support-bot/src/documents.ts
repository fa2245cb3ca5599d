export interface HelpDocument {
  id: string;
  name: string;
  text: string;
}

/** The help centre of a small online bookshop. */
export const documents: readonly HelpDocument[] = [
  {
    id: "delivery",
    name: "Delivery times",
    text: "An order leaves our warehouse within one working day. Standard delivery takes two to four working days after that, express delivery one.",
  },
  {
    id: "damaged",
    name: "Damaged or wrong books",
    text: "If a book arrives damaged, or it is the wrong book, send us a photo within 30 days. We post a replacement at no cost and you keep the damaged copy.",
  },
  {
    id: "returns",
    name: "Returns",
    text: "Unread books can be returned within 30 days. Print the return label from your account and drop the parcel at any post office.",
  },
  {
    id: "refunds",
    name: "When a refund is paid",
    text: "We pay a refund within five working days of a returned parcel reaching our warehouse. The money goes back to the card you paid with.",
  },
  {
    id: "gift-cards",
    name: "Gift cards",
    text: "Gift cards are valid for three years and can be combined with any other way to pay. They cannot be exchanged for cash.",
  },
  {
    id: "account",
    name: "Signing in",
    text: "Forgot your password? Ask for a sign-in link on the account page. The link works once, for fifteen minutes.",
  },
];
