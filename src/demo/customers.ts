import type { JsonObject } from '../core/json.js'
import { between, pick, type Random } from './random.js'

const FIRST_NAMES =
  'Aarav Aditi Amit Ananya Anil Arjun Asha Deepa Divya Farhan Gauri Harpreet Imran Isha Kabir Karthik Kavya Lakshmi Manoj Meera Mohit Nandini Neha Nikhil Pooja Pranav Priya Rahul Rajesh Ritu Rohan Sana Sanjay Shreya Sunita Tanvi Vikram Vivek Yash Zoya'.split(
    ' ',
  )
const LAST_NAMES =
  'Agarwal Banerjee Bhat Chatterjee Chopra Das Desai Dutta Fernandes Ghosh Gill Gupta Iyer Jain Joshi Kapoor Khan Kulkarni Kumar Malhotra Mehta Menon Mishra Mukherjee Nair Naidu Patel Pillai Rao Reddy Saxena Shah Sharma Shetty Siddiqui Singh Sinha Thomas Varma Yadav'.split(
    ' ',
  )
const COMPANIES = [
  'Ganga Textiles',
  'Sahyadri Foods',
  'Coromandel Exports',
  'Deccan Motors',
  'Nilgiri Tea House',
  'Malabar Spices',
  'Aravalli Finance',
  'Konkan Logistics',
]

export interface DemoCustomer {
  readonly phoneNumber: string
  /** As CRMs send it with a call. */
  readonly customerData: JsonObject
}

/** Customers `CUST001` and on, each with a name and an Indian mobile number; some speak for a company. */
export function demoCustomers(random: Random, count: number): DemoCustomer[] {
  return Array.from({ length: count }, (_, index) => {
    const first = pick(random, FIRST_NAMES)
    const last = pick(random, LAST_NAMES)
    const customerId = `CUST${String(index + 1).padStart(3, '0')}`
    const email = `${first}.${last}.${String(index + 1)}@example.com`.toLowerCase()
    const phoneNumber = mobileNumber(random)
    const company = random() < 0.3 ? { company: pick(random, COMPANIES) } : {}
    return {
      phoneNumber,
      customerData: { customerId, name: `${first} ${last}`, email, phone: phoneNumber, ...company },
    }
  })
}

/** E.164; Indian mobile numbers begin with 6, 7, 8 or 9. */
export function mobileNumber(random: Random): string {
  return `+91${String(between(random, 6, 9))}${String(between(random, 0, 999_999_999)).padStart(9, '0')}`
}
